import CLibPQ
import Glibc

extension Connection {
    /// What the server answers next; nil where a statement's answers end, and when it stands still (`isSilent`).
    ///
    /// Where the answer has arrived already this reads no socket and no clock. Else it makes the calls that
    /// `PQgetResult` would make, a poll and a read, with an end to the poll.
    func nextAnswer() -> OpaquePointer? {
        if PQisBusy(handle) == 1, !arrives() {
            isSilent = true
            isUsable = false
            return nil
        }
        return PQgetResult(handle)
    }

    /// Sends what still waits and reads until an answer is whole, or the line is broken, which `PQgetResult` tells. False
    /// when nothing came or went for `silenceMilliseconds`.
    ///
    /// The server is not asked to stop what it does. Its own limit has passed by then, and stops the statement when the
    /// server moves again; and who asks a server that stands still waits for it (`PQcancel` knows no limit).
    private func arrives() -> Bool {
        var deadline = self.deadline()
        repeat {
            let unsent = PQflush(handle)
            if unsent < 0 { return true }
            var descriptor = pollfd(
                fd: PQsocket(handle),
                events: Int16(unsent > 0 ? POLLIN | POLLOUT : POLLIN),
                revents: 0
            )
            switch poll(&descriptor, 1, milliseconds(until: deadline)) {
            case 0, ..<0:
                // A signal, or a slice that ended.
                if deadline > 0, monotonicMilliseconds() >= deadline { return false }
                if !isEncrypted { continue }
            default: deadline = self.deadline()
            }
            if PQconsumeInput(handle) != 1 { return true }
        } while PQisBusy(handle) == 1
        return true
    }

    /// 0 is never.
    private func deadline() -> Int {
        silenceMilliseconds == 0 ? 0 : monotonicMilliseconds() + silenceMilliseconds
    }

    private func milliseconds(until deadline: Int) -> Int32 {
        let left = deadline == 0 ? -1 : max(0, deadline - monotonicMilliseconds())
        guard isEncrypted else { return Int32(clamping: left) }
        return Int32(clamping: left < 0 ? 50 : min(left, 50))
    }
}

/// Read without a system call.
private func monotonicMilliseconds() -> Int {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return now.tv_sec * 1000 + now.tv_nsec / 1_000_000
}
