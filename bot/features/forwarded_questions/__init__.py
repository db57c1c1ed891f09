"""Questions and feedback that people put before the editors, and what the editors answer."""

import lazy_loader

# other features import from here; loaded when first asked for (`__init__.pyi` says from where)
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
