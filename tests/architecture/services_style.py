"""The form of services that ruff and mypy do not look at."""

import ast
from collections.abc import Iterator, Sequence

from tests.architecture.sources import Source


def in_room(file: Source, room: str) -> bool:
    """Whether ``file`` is the module ``room`` of an app, or lies in the package of that name."""
    parts = file.path.removesuffix(".py").split("/")
    return len(parts) > 3 and parts[:2] == ["src", "nexus"] and parts[3] == room


def positional_services(files: Sequence[Source]) -> Iterator[str]:
    """Services with several arguments that a caller could mix up by their order.

    A service is a public function of the module ``services``, or one that the package of that
    name offers in its ``__all__``.
    """
    offered = {_folder(file): _all(file) for file in files if file.path.endswith("/__init__.py")}
    for file in files:
        for node in file.tree.body:
            if isinstance(node, ast.FunctionDef):
                public = not node.name.startswith("_")
                in_all = node.name in offered.get(_folder(file), {node.name})
                if public and in_all and len([*node.args.posonlyargs, *node.args.args]) > 1:
                    yield f"{file.path}:{node.lineno} {node.name}"


def _folder(file: Source) -> str:
    return file.path.rpartition("/")[0]


def _all(file: Source) -> set[str]:
    """The names in ``__all__``."""
    for node in file.tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return set(ast.literal_eval(node.value))
    return set()
