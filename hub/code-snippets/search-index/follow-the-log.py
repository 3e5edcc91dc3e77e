# Read what happened after the cursor, and commit the changes with the new cursor.
# Quoted from src/nexus/search/follower.py#L171-L178

def _follow(self) -> bool:
    cursor = self.cursor or 0
    events = [LoggedEvent(*event) for event in self._log.after(cursor, _BATCH)]
    if not events:
        return False
    self._writer.apply(self._sources.changes(events), cursor=events[-1].number)
    self.reader.refresh()
    return True
