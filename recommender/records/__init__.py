"""Records of consultations: what a record is, who may change it, and where it is kept.

``domain`` and ``storage`` know nothing of each other; ``accounts``, ``handover`` and ``visits`` build on them, and ``reports``,
``maintenance`` and ``opening`` on these.
"""
