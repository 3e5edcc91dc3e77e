# The number of nodes that a YAML node stands for, aliases included.
# Quoted from src/nexus/library/extraction/yaml_guard.py#L88-L113

class _Measure:
    """Counts the nodes below a node as if every alias were written out."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._sizes: dict[int, int] = {}
        self._open: set[int] = set()

    def of(self, node: yaml.Node) -> int:
        """The number of nodes that ``node`` stands for, itself included."""
        key = id(node)
        if key in self._open:
            raise _recursive(_line(node))
        if key not in self._sizes:
            self._open.add(key)
            self._sizes[key] = self._count(node)
            self._open.discard(key)
        return self._sizes[key]

    def _count(self, node: yaml.Node) -> int:
        total = 1
        for child in _children(node):
            total += self.of(child)
            if total > self._limit:
                raise _too_large()
        return total
