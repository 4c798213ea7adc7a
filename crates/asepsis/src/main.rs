//! The entry point: hands everything to the library.

fn main() {}
