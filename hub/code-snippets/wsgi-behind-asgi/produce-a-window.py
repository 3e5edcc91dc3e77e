# Advance a WSGI answer until its window is full.
# Quoted from src/nexus/kernel/http/exchange.py#L124-L136

def _produce(self) -> bool:
    for chunk in self._iterator:
        if self.abandoned:
            return True
        if chunk:
            self._put(chunk)
        if self._needs_no_body():
            return True
        if self.waiting >= WINDOW and not self._gather:
            return False
    if not self.status:
        raise RuntimeError("The WSGI application did not call start_response.")
    return True
