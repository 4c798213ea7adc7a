//! HTTPS on loopback.
