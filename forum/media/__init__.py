"""Pictures and files that members add, and cards of links.

A file comes in by `POST /media` (see views.uploading for what it takes and gives) or, without scripts, through the page
`/media/place`. A picture is drawn anew in several sizes, in a process of its own with little time and memory (drawing);
only what was drawn is kept (storage). Texts, posts, members and organisations hold files (models.FileUse), and a file
is served to whoever may see one of its holders (readers).
"""
