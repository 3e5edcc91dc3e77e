# Requests for the same page wait for one rendering (coalescing).
# Quoted from src/nexus/kernel/http/page_cache.py#L171-L187

async def _render_once(
    self, request: _Request, scope: Scope, receive: Receive, send: Send
) -> None:
    """Lead the rendering of a page, or wait for whoever leads it."""
    while True:
        generation = self._generation()
        rendering = self._renderings.get((request.key, generation))
        if rendering is None:
            await self._lead(request, generation, scope, receive, send)
            return
        page = await asyncio.shield(rendering)
        if page is None:
            await self._app(scope, receive, send)
            return
        if page.generation == self._generation():
            await self._send_page(send, page, request, head=False)
            return
