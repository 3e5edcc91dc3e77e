"""Time zones by the names of places: those of ``zone.tab`` in the time zone database.

The file has at least one place for each country, so that people find theirs; see
https://data.iana.org/time-zones/theory.html for its form.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Place:
    """A time zone, the place that it is called after, and the country in which that lies."""

    zone: str
    name: str
    country: str

    @property
    def region(self) -> str:
        """The part of the world: ``Africa``."""
        return self.zone.partition("/")[0]

    @property
    def words(self) -> str:
        """Place and country; a country that is called like its place is said once."""
        return self.name if self.name == self.country else f"{self.name}, {self.country}"


@cache
def places() -> dict[str, Place]:
    """Every place by its time zone, by region and name."""
    countries = dict(_rows("iso3166.tab", 2))
    found = [_place(zone, countries[code]) for code, _, zone in _rows("zone.tab", 3)]
    found.sort(key=lambda place: (place.region, place.name))
    return {place.zone: place for place in found}


def place_name(zone: str) -> str:
    """What the place of a time zone is called; empty for one that has none."""
    place = places().get(zone)
    return place.name if place else ""


def _place(zone: str, country: str) -> Place:
    """``America/Argentina/Buenos_Aires`` is called Buenos Aires."""
    return Place(zone, zone.rpartition("/")[2].replace("_", " "), country)


def _rows(name: str, columns: int) -> Iterator[list[str]]:
    text = (files("tzdata") / "zoneinfo" / name).read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")[:columns]
