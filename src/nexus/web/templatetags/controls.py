"""What a person fills in, bound to the words that explain it."""

from django.forms import BoundField, Textarea, TextInput
from django.utils.safestring import SafeString


def control(field: BoundField, hint: str = "") -> SafeString:
    """The control of a field: whoever hears the page hears its hint and its faults with it.

    The first one with a fault has the focus when the page opens, so that nobody who cannot see
    the page has to look for what is wrong. Words run the way their own script does.
    """
    attributes: dict[str, str | bool] = _direction(field)
    if described := description_of(field, hint):
        attributes["aria-describedby"] = described
    if field == _first_faulty(field):
        attributes["autofocus"] = True
    return field.as_widget(attrs=attributes)


def description_of(field: BoundField, hint: str = "") -> str:
    """The ids of what the templates say about a field, as ``aria-describedby`` takes them."""
    said = (f"{field.auto_id}_helptext" if hint else "", _fault_id(field) if field.errors else "")
    return " ".join(filter(None, said))


def _direction(field: BoundField) -> dict[str, str | bool]:
    """``dir``, for words; what is not written in words, such as an address, has its own."""
    widget = field.field.widget
    is_words = isinstance(widget, Textarea) or type(widget) is TextInput
    return {"dir": "auto"} if is_words and "dir" not in widget.attrs else {}


def _fault_id(field: BoundField) -> str:
    return f"{field.auto_id}_error"


def _first_faulty(field: BoundField) -> BoundField | None:
    """The first field of the same form in which something is wrong, as far as it is one control."""
    form = field.form
    return next((one for one in form.visible_fields() if one.errors and not one.use_fieldset), None)
