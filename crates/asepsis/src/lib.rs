//! The program as a library: use cases (`ops`) and faces (`cli`).
