"""The words of roles and visibilities, for people who have never read a manual."""

ROLE_WORDS = {
    "owner": "runs the cohort: who is in it as what, its name and who sees it",
    "mentor": "publishes, invites members and guests, and answers those who ask to join",
    "member": "publishes: adds repositories and writes entries",
    "guest": "reads, and sees no e-mail addresses",
}
VISIBILITY_WORDS = {
    "public": "Everyone reads it, also without signing in.",
    "members": "Only its members read it. Who is signed in sees its name and description, and may "
    "ask to join.",
    "invite": "Only its members know that it exists. People come in by invitation.",
}


def with_article(role: str) -> str:
    """A role as one says it: ``an owner``."""
    return f"{'an' if role[:1] in 'aeiou' else 'a'} {role}"
