# Whether the name of a file, or of a folder above it, says that it holds a secret.
# Quoted from src/nexus/library/secret_files.py#L23-L28

def is_secret(path: str) -> bool:
    """Whether the name of the file, or of a folder above it, says that it holds a secret."""
    *folders, name = path.split("/")
    return bool(_SECRET.search(posixpath.basename(name))) or any(
        folder.lower() in _SECRET_FOLDERS for folder in folders
    )
