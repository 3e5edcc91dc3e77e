"""The ways in which people and their tools write an address, for tests; and a way to look for it.

``squeezed`` is made to find what the code under test misses, so it shares nothing with it: it
decodes whatever can be decoded, drops everything but letters and digits, and compares.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from urllib.parse import quote, unquote

from hypothesis import strategies as st

_TAG = re.compile(r"<!--.*?-->|<(?:\"[^\"]*\"|'[^']*'|[^\"'<>])*>", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))")


@dataclass(frozen=True)
class Form:
    """One way of writing an address; ``address`` is it in plain letters."""

    name: str
    written: str
    address: str

    @property
    def needle(self) -> str:
        """What is left of the address in a squeezed page that tells it."""
        return _letters(self.address)


def squeezed(page: str) -> list[str]:
    """The letters and digits of a page, escapes resolved: as it is, as read, as read and read."""
    read, read_twice = _TAG.sub("", page), _TAG.sub("", _decoded(page))
    return [_letters(_decoded(view)) for view in (page, read, read_twice)]


def told_by(page: str, forms: Iterable[Form]) -> set[str]:
    """The names of the forms whose address a page tells."""
    views = squeezed(page)
    return {form.name for form in forms if any(form.needle in view for view in views)}


def named_by(page: str, forms: Iterable[Form]) -> set[str]:
    """The same, also where the at sign is left out, as in the anchor of a heading."""
    views = [view.replace("@", "") for view in squeezed(page)]
    needles = {form.name: form.needle.replace("@", "") for form in forms}
    return {name for name, needle in needles.items() if any(needle in view for view in views)}


def _decoded(text: str) -> str:
    for _ in range(4):
        plain = _ESCAPE.sub(_character, unescape(unquote(text)))
        if plain == text:
            break
        text = plain
    return text


def _character(escape: re.Match[str]) -> str:
    return chr(int(escape[1] or escape[2], 16))


def _letters(text: str) -> str:
    return re.sub(r"[^\w@]+|_", "", unicodedata.normalize("NFKC", text).casefold())


def _percent(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())


def _entities(text: str) -> str:
    return "".join(f"&#{ord(char)};" for char in text)


def _wide(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) for char in text)


def forms_of_text() -> list[Form]:
    """Every form, each of an address of its own."""
    return [
        Form(name, write(f"jane.doe{n}", f"quince{n}.example"), f"jane.doe{n}@quince{n}.example")
        for n, (name, write) in enumerate(_WRITERS.items(), 10)
    ] + [Form(address, address, address) for address in _INTERNATIONAL]


def forms_of_names() -> list[Form]:
    """Those that can be the name of a file."""
    return [form for form in forms_of_text() if not set(form.written) & set('/\n<>"|\\')]


#: How one character of an address can be written.
_WAYS = (
    lambda char: char,
    lambda char: f"%{ord(char):02X}",
    lambda char: f"%25{ord(char):02x}",
    lambda char: f"&#{ord(char)};",
    lambda char: f"&#x{ord(char):x};",
    lambda char: f"&amp;#{ord(char)};",
    lambda char: f"\\u{ord(char):04x}",
    lambda char: chr(ord(char) + 0xFEE0),
)
_UNSEEN = ["\xad", "\u200b", "&shy;", "&#8203;", "**", "~~", "`", "<b>", "</i>", "<!--x-->"]


@st.composite
def written_somehow(draw: st.DrawFn) -> Form:
    """A form that nobody thought of: each character in some way, with something unseen after it."""
    address = "jane.doe@quince.example"
    ways = st.sampled_from(_WAYS) if draw(st.booleans()) else st.just(_WAYS[0])
    unseen = st.just("") | st.sampled_from(_UNSEEN) if draw(st.booleans()) else st.just("")
    written = "".join(draw(ways)(char) + draw(unseen) for char in address[:-1])
    return Form("somehow", written + address[-1], address)


_WRITERS = {
    "plain": lambda user, host: f"{user}@{host}",
    "capitals": lambda user, host: f"{user}@{host}".upper(),
    "in angles": lambda user, host: f"Jane <{user}@{host}>",
    "mailto": lambda user, host: f"mailto:{user}@{host}",
    "link": lambda user, host: f"[mail](mailto:{user}@{host})",
    "link with words": lambda user, host: f"[{user}@{host}](https://x.example)",
    "link in capitals": lambda user, host: f"[mail](MAILTO:{user}%40{host}?subject=Hi)",
    "link to nobody": lambda user, host: f"[mail](mailto:?to={user}@{host})",
    "link escaped twice": lambda user, host: f"[mail](mailto:{user}%2540{host})",
    "link to a form": lambda user, host: f"[mail](https://x.example/?a={user}%40{host}&b=1)",
    "link taken for a page": lambda user, host: f"[mail](http://{user}@{host})",
    "link all escaped": lambda user, host: f"[mail](mailto:{_percent(f'{user}@{host}')})",
    "angle link": lambda user, host: f"<mailto:{user}@{host}>",
    "badge": lambda user, host: f"![mail](https://x.example/badge/mail-{user}%40{host}-blue)",
    "percent": lambda user, host: f"{user}%40{host}",
    "percent twice": lambda user, host: f"{user}%2540{host}",
    "percent all": lambda user, host: _percent(f"{user}@{host}"),
    "decimal reference": lambda user, host: f"{user}&#64;{host}",
    "hexadecimal reference": lambda user, host: f"{user}&#x40;{host}",
    "named references": lambda user, host: f"{user}&commat;{host.replace('.', '&period;')}",
    "reference escaped": lambda user, host: f"{user}&amp;#64;{host}",
    "references all": lambda user, host: _entities(f"{user}@{host}"),
    "program escape": lambda user, host: f"{user}\\u0040{host}",
    "backslash": lambda user, host: f"{user}\\@{host}",
    "soft hyphens": lambda user, host: f"{user[:3]}\u00ad{user[3:]}@{host[:4]}\u00ad{host[4:]}",
    "soft hyphen reference": lambda user, host: f"{user[:3]}&shy;{user[3:]}@{host}",
    "zero width": lambda user, host: f"{user}\u200b@\u2060{host[:4]}\u200d{host[4:]}",
    "zero width reference": lambda user, host: f"{user}@{host[:4]}&#8203;{host[4:]}",
    "direction marks": lambda user, host: f"{user}\u200e@\u202a{host}",
    "wide sign": lambda user, host: f"{user}＠{host}",
    "small sign": lambda user, host: f"{user}﹫{host}",
    "wide letters": lambda user, host: f"{_wide(user)}@{_wide(host)}",
    "ideographic stop": lambda user, host: f"{user}@{host.replace('.', '。')}",
    "before a sentence end": lambda user, host: f"请写信给{user}@{host}。谢谢",
    "bold host": lambda user, host: f"{user}**@{host}**",
    "bold user": lambda user, host: f"**{user}**@{host}",
    "bold inside": lambda user, host: f"{user}@{host[:3]}**{host[3:7]}**{host[7:]}",
    "bold all": lambda user, host: f"**{user}@{host}**",
    "emphasis": lambda user, host: f"*{user}*@*{host}*",
    "struck out": lambda user, host: f"~~{user}~~@{host}",
    "code": lambda user, host: f"`{user}@{host}`",
    "code in pieces": lambda user, host: f"`{user}`@`{host}`",
    "linked host": lambda user, host: f"{user}@[{host}](https://{host})",
    "linked user": lambda user, host: f"[{user}](https://x.example)@{host}",
    "tag": lambda user, host: f"{user}<b>@{host}</b>",
    "tags": lambda user, host: f"<i>{user}</i><span>@</span>{host[:4]}<sup>{host[4:]}</sup>",
    "comment": lambda user, host: f"{user}<!-- no -->@{host}",
    "break opportunity": lambda user, host: f"{user}<wbr>@<wbr>{host}",
    "quoted user": lambda user, host: f'"{user}"@{host}',
    "picture of that name": lambda user, host: f"![x]({user}@{host}.png)",
    "title": lambda user, host: f'[x](https://x.example "{user}@{host}")',
    "html title": lambda user, host: f'<span title="{user}@{host}">x</span>',
    "html anchor": lambda user, host: f'<a id="{user}@{host}"></a>x',
    "html link": lambda user, host: f'<a href="mailto&#58;{user}&#64;{host}">x</a>',
    "html source": lambda user, host: (
        f'<picture><source srcset="https://x.example/{user}@{host} 2x"><img src="y"></picture>'
    ),
    "html time": lambda user, host: f'<time datetime="{user}@{host}">x</time>',
    "html cell": lambda user, host: f'<td width="{user}@{host}">x</td>',
    "formula": lambda user, host: f"${user}@{host}$",
    "angle query": lambda user, host: f"<https://x.example/?{quote(f'{user}@{host}')}>",
}
_INTERNATIONAL = (
    "jane.doe@exämple.org",
    unicodedata.normalize("NFD", "jane.döe@exämplé.org"),
    "jane.doe@xn--exmple-cua.org",
    "jane.doe@xn--80akhbyknj4f.xn--p1ai",
    "jane.üml@quince.example",
    "пример@почта.рф",
    "संपर्क@डाटामेल.भारत",
    "用户@例子.中国",
    "jane.doe@i❤quince.example",
    "ادا@مثال.موقع",
)
