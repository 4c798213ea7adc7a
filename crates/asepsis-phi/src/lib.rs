//! asepsis-phi.
