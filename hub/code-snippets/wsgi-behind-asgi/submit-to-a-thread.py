# Have a function called in a thread; the result comes back to the event loop.
# Quoted from src/nexus/kernel/http/pool.py#L39-L52

def submit(
    self, function: Callable[[], T], *, context: contextvars.Context | None = None
) -> asyncio.Future[T]:
    """Have ``function`` called in a thread; the future gives its result in this loop.

    ``context`` is entered for the call (default: a copy of the caller's). Cancelling the
    future does not interrupt a call that has begun. Raises RuntimeError after :meth:`stop`.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()
    context = context or contextvars.copy_context()
    call = partial(self._in_turn, partial(context.run, function))
    self._threads.put(partial(_work, loop, future, call))
    return future
