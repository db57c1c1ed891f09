"""Errors of the embeddings package, and the operating system's reasons.

The messages are Vietnamese, since people at the office read them.
"""

from __future__ import annotations

import errno

_REASONS = {
    errno.ENOENT: "không có tệp hay thư mục này",
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.EDQUOT: "đã hết hạn mức đĩa",
    errno.EFBIG: "tệp vượt giới hạn kích thước cho phép",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.EACCES: "không có quyền truy cập",
    errno.EPERM: "không có quyền truy cập",
    errno.ENOTDIR: "đường dẫn đi qua một tệp, không phải thư mục",
    errno.EISDIR: "đây là thư mục, không phải tệp",
    errno.EEXIST: "đường dẫn là một tệp, không phải thư mục",
    errno.EIO: "lỗi đọc ghi đĩa",
}


class EmbeddingError(Exception):
    """Anything that this package raises on purpose."""


class ModelNotFoundError(EmbeddingError):
    """The model asked for is neither the packaged one nor present on this machine."""


class ModelPreparationError(EmbeddingError):
    """The packaged model can't be read, converted or written to the models directory."""


class ModelLoadError(EmbeddingError):
    """A model is present and can't be loaded: damaged files or an unsupported architecture."""


class ReaderLoadError(EmbeddingError):
    """The reader's weights are missing, damaged, or made for another model or program."""


def system_reason(error: OSError) -> str:
    """Return why `error` happened; the system's own words for a rare reason."""
    return _REASONS.get(error.errno or 0, error.strerror or str(error))
