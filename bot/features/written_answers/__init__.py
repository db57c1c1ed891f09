"""Answers in a language model's words while they grow, and how many each person gets a day."""

import lazy_loader

# other features import from here; loaded when first asked for (`__init__.pyi` says from where)
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
