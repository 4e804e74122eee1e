"""What each file of ``patterns/`` may hold: a class for each file, and one for each kind of row in it.

A key without a default must be there; a key that no class has is refused. Examples (``example``, ``not_examples``,
``forward_example`` …) may stand anywhere: they are for the tests. What a key means is told by the comments in the file.
"""
