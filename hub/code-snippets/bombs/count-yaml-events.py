# Count nesting and nodes before anything is built.
# Quoted from src/nexus/library/extraction/yaml_guard.py#L70-L81

def _check_events(text: str, *, max_nodes: int, max_depth: int) -> None:
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=yaml.CSafeLoader), start=1):
        if isinstance(event, _OPENING):
            depth += 1
        elif isinstance(event, _CLOSING):
            depth -= 1
        if depth > max_depth:
            raise _too_deep(_line(event))
        # Two events, a start and an end, is the most that one node can be.
        if count > 2 * max_nodes:
            raise _too_large()
