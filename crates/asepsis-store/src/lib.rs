//! asepsis-store.
