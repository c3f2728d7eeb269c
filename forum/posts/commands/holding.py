"""The picture at the top of a post, and the files that its text shows."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from forum.kernel.access import Actor
from forum.kernel.errors import Invalid
from forum.kernel.text import Rendered
from forum.media.commands import hold
from forum.media.models import Holder
from forum.media.queries import find_picture
from forum.posts.draft import Image
from forum.posts.models import Post


def check_image(actor: Actor, image: Image | None) -> None:
    """It is there, and the actor's to show. Raises Invalid."""
    if image is not None and find_picture(actor, image.key) is None:
        words = _("This picture is no longer there. Choose it again, or publish without one.")
        raise Invalid(words, fields={"image": words})


def hold_files(actor: Actor, post: Post, image: Image | None, body: Rendered) -> None:
    """From now on whoever may see the post may see these. A picture that isn't there any more is left out."""
    picture = find_picture(actor, image.key) if image else None
    post.image, post.image_width, post.image_height = "", 0, 0
    post.image_alt, post.image_decorative = "", False
    if image is not None and picture is not None:
        post.image, post.image_width, post.image_height = picture.key, picture.width, picture.height
        post.image_alt, post.image_decorative = image.alt, image.is_decorative
    hold(actor, Holder.POST, post.id, body, post.image)
