//! An open file as the body of an answer, read piece by piece on a thread of its own, so that a large
//! one neither fills the memory nor keeps others waiting.

use std::fs::File;
use std::io::{self, Read as _};
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::body::{Body, Bytes, Frame, SizeHint};
use tokio::sync::mpsc;

/// Bytes of one piece.
const PIECE: usize = 64 << 10;
/// Pieces that are read ahead.
const AHEAD: usize = 4;

/// The rest of a file on its way.
pub(super) struct SentFile {
    pieces: mpsc::Receiver<io::Result<Bytes>>,
    left: u64,
}

impl SentFile {
    /// Begins to read a file from its start.
    pub(super) fn of(file: File) -> io::Result<Self> {
        let left = file.metadata()?.len();
        let (sender, pieces) = mpsc::channel(AHEAD);
        tokio::task::spawn_blocking(move || read(file, &sender));
        Ok(Self { pieces, left })
    }
}

fn read(mut file: File, sender: &mpsc::Sender<io::Result<Bytes>>) {
    loop {
        let mut piece = vec![0; PIECE];
        let read = match file.read(&mut piece) {
            Ok(0) => return,
            Ok(read) => {
                piece.truncate(read);
                Ok(Bytes::from(piece))
            }
            Err(error) => Err(error),
        };
        let last = read.is_err();
        // Nobody receives any more: the browser has gone.
        if sender.blocking_send(read).is_err() || last {
            return;
        }
    }
}

impl Body for SentFile {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let piece = std::task::ready!(self.pieces.poll_recv(context));
        Poll::Ready(piece.map(|piece| {
            let piece = piece?;
            self.left = self.left.saturating_sub(piece.len() as u64);
            Ok(Frame::data(piece))
        }))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
