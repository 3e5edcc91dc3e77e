"""A mail server for tests: as much of SMTP (RFC 5321) as a client needs to hand over a mail."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Mailbox:
    """What arrived, and where it may be sent to."""

    port: int = 0
    mails: list[str] = field(default_factory=list)
    refuses: bool = False


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """Serve on a free port; what arrives is in the mailbox."""
    box = Mailbox()

    class Talk(socketserver.StreamRequestHandler):
        def say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

        def handle(self) -> None:
            self.say("220 ready")
            while line := self.rfile.readline().decode().strip():
                if line.upper().startswith("DATA"):
                    self.say("354 go on")
                    self.take()
                elif box.refuses and line.upper().startswith("RCPT"):
                    self.say("451 not now")
                else:
                    self.say("250 fine")

        def take(self) -> None:
            lines = iter(lambda: self.rfile.readline().decode().rstrip("\r\n"), ".")
            box.mails.append("\n".join(lines))
            self.say("250 kept")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk) as server:
        server.daemon_threads = True
        box.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield box
        server.shutdown()
