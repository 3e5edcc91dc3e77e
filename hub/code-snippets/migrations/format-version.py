# Whether the pages show the newest commit, made by the present indexer.
# Quoted from src/nexus/library/services/syncing.py#L200-L202

def is_shown(repository: Repository) -> bool:
    """Whether the pages show the newest commit, made by the present indexer."""
    return repository.indexed == repository.head and repository.format_version == FORMAT_VERSION
