"""Telling a damaged index from other trouble."""

from collections.abc import Iterator
from contextlib import contextmanager


class IndexDamaged(Exception):
    """tantivy cannot use the files of the index as they are."""


@contextmanager
def damage_as_error() -> Iterator[None]:
    """Turn what tantivy raises over bad files into ``IndexDamaged``.

    It reports most damage as ValueError or OSError, and panics over the rest; a panic of
    the Rust side derives from BaseException and would pass every ``except Exception``.
    """
    try:
        yield
    except (ValueError, OSError) as error:
        raise IndexDamaged(str(error)) from error
    except BaseException as error:
        if type(error).__module__ != "pyo3_runtime":
            raise
        raise IndexDamaged(str(error)) from error
