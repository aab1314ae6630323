import Foundation
import Synchronization

/// Stands between a client and the test's server, and cuts the line at a chosen word: a real outage
/// at a chosen moment.
final class CuttingProxy: Sendable {
    enum Cut: Sendable {
        /// The client's word never reaches the server.
        case before
        /// The server has done what the word asks for; its answer never reaches the client.
        case after(answer: String)
    }
    let folder: String
    private let target: String
    private let listener: Int32
    private let word: String
    private let cut: Cut
    private let cutsLeft: Mutex<Int>

    /// - Parameters:
    ///   - target: the server's socket.
    ///   - word: what the client says last, `times` times; then the line holds.
    init(to target: String, at word: String, _ cut: Cut, times: Int = 1) throws {
        self.target = target
        self.word = word
        self.cut = cut
        cutsLeft = Mutex(times)
        folder = "/tmp/cut.\(getpid()).\(UInt32.random(in: 0...UInt32.max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard try address(folder + "/.s.PGSQL.5432", { bind(listener, $0, $1) }) == 0,
            listen(listener, 16) == 0
        else { throw CocoaError(.fileWriteUnknown) }
        let serve = Thread { [self] in
            while case let client = accept(listener, nil, nil), client >= 0 {
                let line = Thread { [self] in carry(client) }
                line.start()
            }
        }
        serve.start()
    }

    /// Lets nobody new in; lines that are open stay.
    func close() throws {
        shutdown(listener, Int32(SHUT_RDWR))
        Foundation.close(listener)
        try FileManager.default.removeItem(atPath: folder)
    }

    private func carry(_ client: Int32) {
        let server = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer {
            Foundation.close(client)
            Foundation.close(server)
        }
        guard (try? address(target, { connect(server, $0, $1) })) == 0 else { return }
        var ends = [client, server].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        var isCutting = false
        while poll(&ends, 2, -1) > 0 {
            if ends[0].revents != 0 {
                guard let said = read(client) else { return }
                if said.contains(word), takeCut() {
                    if case .before = cut { return }
                    isCutting = true
                }
                guard write(said, to: server) else { return }
            }
            if ends[1].revents != 0 {
                guard let answered = read(server) else { return }
                if isCutting, case .after(let answer) = cut {
                    if answered.contains(answer) { return }
                } else if !write(answered, to: client) {
                    return
                }
            }
        }
    }

    private func takeCut() -> Bool {
        cutsLeft.withLock { left in
            left -= 1
            return left >= 0
        }
    }
}

private func address<T>(
    _ path: String,
    _ body: (UnsafePointer<sockaddr>, socklen_t) -> T
) throws -> T {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix(107)) }
    return withUnsafePointer(to: &address) { address in
        address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
    }
}

private func read(_ descriptor: Int32) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = recv(descriptor, &bytes, bytes.count, 0)
    return count > 0 ? Array(bytes.prefix(count)) : nil
}

private func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var sent = 0
    while sent < bytes.count {
        let count = bytes[sent...].withUnsafeBytes {
            send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        if count <= 0 { return false }
        sent += count
    }
    return true
}

extension [UInt8] {
    fileprivate func contains(_ word: String) -> Bool {
        firstRange(of: Array(word.utf8)) != nil
    }
}
