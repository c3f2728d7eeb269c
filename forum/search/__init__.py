"""Search: everything found, nothing leaked. An index gives ids and order; rows are read again through `visible_to`."""

import warnings

# Whoosh 2.7.4 is older than these warnings. They are met once, when it is byte-compiled.
for _says in ('"is" with', "invalid escape sequence"):
    warnings.filterwarnings("ignore", message=_says, category=SyntaxWarning, module=".*whoosh")
