# Read what happened after the cursor, and commit the changes with the new cursor.
# Quoted from src/nexus/search/follower.py#L186-L200

def _follow(self, most: int) -> bool:
    """Take up the next slice of what happened; False when there is nothing to do."""
    backlog = self._backlog
    backlog.go_on_from(self.cursor or 0)
    if backlog.has_room:
        backlog.take(LoggedEvent(*event) for event in self._log.after(backlog.taken, _BATCH))
    if backlog.is_done:
        return False
    touched, cursor = backlog.next_slice(most)
    try:
        self._take_up(touched, cursor)
    except BaseException:
        backlog.drop()
        raise
    return True
