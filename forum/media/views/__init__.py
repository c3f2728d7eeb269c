"""Files come in and go out."""

from forum.media.views import placing, serving, squares, uploading
from forum.media.views.door import blueprint

__all__ = ["blueprint", "placing", "serving", "squares", "uploading"]
