"""Files whose name says that they hold a secret. They are neither shown nor indexed."""

import posixpath
import re

_SECRET = re.compile(
    r"""
    ^\.env(?:rc)?$ | ^\.env\.(?!(?:example|sample|template|dist|defaults?|test)$)[^/]+$
    | ^(?!(?:example|sample|template)\.)[^.][^/]*\.env$
    | ^id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?$
    | \.(?:pem|key|p12|pfx|jks|keystore|kdbx|ovpn|ppk|asc\.key|pgpass)$
    | ^\.(?:netrc|pgpass|htpasswd|npmrc|pypirc|git-credentials|dockercfg|vault-token)$
    | ^_netrc$ | ^credentials(?:\.json|\.ya?ml|\.csv)?$ | ^client_secret.*\.json$
    | ^service[-_]?account.*\.json$ | ^secrets?\.(?:json|ya?ml|toml|ini|env|txt)$
    | ^.*-firebase-adminsdk-.*\.json$ | ^terraform\.tfstate(?:\.backup)?$ | ^.*\.tfvars$
    | ^wp-config\.php$ | ^shadow$ | ^secring\.(?:gpg|pgp)$
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SECRET_FOLDERS = frozenset({".ssh", ".gnupg", ".aws", ".kube"})


def is_secret(path: str) -> bool:
    """Whether the name of the file, or of a folder above it, says that it holds a secret."""
    *folders, name = path.split("/")
    return bool(_SECRET.search(posixpath.basename(name))) or any(
        folder.lower() in _SECRET_FOLDERS for folder in folders
    )
