"""An import contract of our own: the rooms of an app that no other app may enter."""

from collections.abc import Iterator

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class PrivateRooms(Contract):
    """Some modules of every app are imported by that app alone, by its tests and by the joiners.

    Options:
        root: the package whose children are the apps.
        rooms: names of the modules that are private to their app.
        shared: children of ``root`` that are no apps; anybody may use them.
        joiners: packages that may import every app's private rooms.
    """

    root = fields.StringField()
    rooms = fields.ListField(subfield=fields.StringField())
    shared = fields.ListField(subfield=fields.StringField())
    joiners = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Look at every import of every private room."""
        trespasses = sorted(set(self._trespasses(graph)))
        return ContractCheck(kept=not trespasses, metadata={"trespasses": trespasses})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name the imports that break the contract."""
        for importer, imported in check.metadata["trespasses"]:
            output.print_error(f"- {importer} -> {imported}")
        output.new_line()

    def _trespasses(self, graph: ImportGraph) -> Iterator[tuple[str, str]]:
        apps = graph.find_children(str(self.root)) - set(self.shared)  # type: ignore[call-overload]
        for app in apps:
            for room in self.rooms:  # type: ignore[attr-defined]
                for imported in _with_descendants(graph, f"{app}.{room}"):
                    for importer in graph.find_modules_that_directly_import(imported):
                        if not self._may(importer, app):
                            yield importer, imported

    def _may(self, importer: str, app: str) -> bool:
        if ".tests." in importer:
            return True
        homes = [app, *self.joiners]  # type: ignore[misc]
        return any(importer == home or importer.startswith(f"{home}.") for home in homes)


def _with_descendants(graph: ImportGraph, module: str) -> set[str]:
    """``module`` and everything in it; empty when there is no such module."""
    if module not in graph.modules:
        return set()
    return {module, *graph.find_descendants(module)}
