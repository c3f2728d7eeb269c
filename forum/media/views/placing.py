"""`/media/place`: a picture or file for a text, without scripts.

A button of any form that shows itself again on `preview` leads here (`formaction`), with `back` as the form's address;
what it held waits in hidden fields meanwhile. The file's Markdown comes to the end of `body`, or, with `place=image`,
the picture becomes the post's own.
"""

from __future__ import annotations

from flask import render_template, request

from forum.kernel.access import acting, signed_in
from forum.kernel.errors import ForumError, Words
from forum.kernel.pictures import Document, Picture
from forum.kernel.refusals import again, kept_fields, takes
from forum.media import commands, forms, policy, queries
from forum.media.views.door import TOO_LARGE, blueprint, quota, received

IMAGE = "image"
OWN = {"back", "place", "alt", "send"}


def ask(error: ForumError | None = None) -> str:
    back = forms.read_back(request.form)
    problems: dict[str, Words] = dict(error.fields) if error else {}
    return render_template(
        "media/place.html",
        back=back,
        place=_wanted(),
        alt=request.form.get("alt", ""),
        kept=[(name, value) for name, value in kept_fields() if name not in OWN],
        errors=problems,
        message=error.message if error and not problems else "",
    )


@blueprint.post("/media/place")
@signed_in
@takes(policy.MAX_FORM, TOO_LARGE)
@again(ask)
def place() -> str:
    if "send" not in request.form:
        return ask()
    back, new = forms.read_back(request.form), received(picture_only=_wanted() == IMAGE)
    with acting() as actor:
        file = queries.shown(commands.keep(actor, new, quota(actor)))
    kept = _placed(file, new.alt)
    return render_template("media/placed.html", back=back, file=file, kept=kept, alt=new.alt)


def _wanted() -> str:
    """The form's button says it in its address, this page's own form in a field."""
    return request.values.get("place", "")


def _placed(file: Picture | Document, alt: str) -> list[tuple[str, str]]:
    """What goes back to the form, with the file in it."""
    kept = [(name, value) for name, value in kept_fields() if name not in OWN | {"body"}]
    body = request.form.get("body", "")
    if _wanted() == IMAGE and isinstance(file, Picture):
        aside = [(name, value) for name, value in kept if name not in {"image", "image_alt", "image_decorative"}]
        return [*aside, ("body", body), ("image", file.key), ("image_alt", alt)]
    return [*kept, ("body", forms.with_file(body, forms.markdown_of(file, alt)))]
