//! The entry point: reads the world once ([`asepsis::config`]) and hands everything to `cli`.

fn main() -> std::process::ExitCode {
    asepsis::cli::run(std::env::args_os().collect())
}
