"""Vietnamese text, vectors, lexical scores and the models behind them."""
