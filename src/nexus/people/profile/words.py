"""The words of a profile: tracks, what people are open to, and the parts of a day."""

from collections.abc import Mapping

#: Whose work somebody does, in the words in which projects ask for a counterpart.
TRACKS: Mapping[str, str] = {
    "backend": "Backend",
    "frontend": "Frontend",
    "mobile": "Mobile",
    "design": "Design",
}
#: What others may ask somebody for.
OPEN_TO: Mapping[str, str] = {
    "questions": "answer questions",
    "pair": "work on a project together",
    "review": "review code",
    "study": "study together",
}
#: Parts of a day with the hours in which they begin and end, by one's own clock.
TIMES: Mapping[str, tuple[int, int]] = {
    "mornings": (6, 12),
    "afternoons": (12, 18),
    "evenings": (18, 24),
}
#: When somebody is awake who did not say when they have time.
WAKING = (8, 22)
#: The time zone of an account whose person did not name theirs.
UNSAID = "UTC"
