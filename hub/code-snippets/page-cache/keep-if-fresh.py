# A page is stored only if nothing was published while it was made.
# Quoted from src/nexus/kernel/http/page_cache.py#L213-L220

def _keep(self, request: _Request, slot: _Slot, status: int) -> None:
    """Store the page if it is still of this generation, or remember that there is none."""
    if slot.generation != self._generation():
        return
    if slot.page is not None:
        self._store.put(request.key, slot.page, queried=request.queried)
    elif status < HTTPStatus.INTERNAL_SERVER_ERROR:
        self._store.refuse(request.key, generation=slot.generation)
