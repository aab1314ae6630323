import Foundation
import Postgres
import Shop
import Store
import Testing

@testable import Till

@Suite("A locked till, and what its browser may")
struct LockTests {
    @Test("while it is locked nothing opens but what unlocks it, in any page of the browser")
    func locked() async throws {
        try await withService { served in
            let browser = try await seller(served)
            let lock = try await browser.ask("POST", "/api/v1/sign-ins/lock")
            #expect(lock.status == 204)
            for line in try AccessLine.all() where line.who != "anyone" {
                if ["/till", "/api/v1/sign-ins/lock"].contains(line.path) || line.method == "DELETE"
                {
                    continue
                }
                let reply = try await browser.ask(
                    line.method,
                    line.path.replacing(/\{[^}]*\}/, with: "none"),
                    headers: ["Accept": "application/json"]
                )
                // What a test bench sends has nothing to do with who sits at a till.
                let refusal = line.who == "stations" ? "station_token_wrong" : "till_locked"
                #expect(reply.refusal == refusal, "\(line.method) \(line.path)")
            }
            let till = try await browser.ask("GET", "/till")
            #expect(till.status == 200 && till.text.contains("data-locked"))
            let wrong = try await browser.ask(
                "POST",
                "/api/v1/sign-ins/switch",
                json: ["user": try await id(served), "pin": "9999"]
            )
            #expect(wrong.refusal == "sign_in_wrong")
            let persons = try await browser.ask("GET", "/persons")
            #expect(persons.status == 403 && persons.text.contains("E-TILL-LOCKED"))
            let right = try await browser.ask(
                "POST",
                "/api/v1/sign-ins/switch",
                json: ["user": try await id(served), "pin": "4096"]
            )
            #expect(right.status == 201)
            let open = try await browser.ask("GET", "/persons")
            #expect(open.status == 200)
        }
    }

    @Test("a password unlocks it too, and ends the sign-in that was locked")
    func password() async throws {
        try await withService { served in
            let browser = try await seller(served)
            _ = try await browser.ask("POST", "/api/v1/sign-ins/lock")
            try await browser.signIn("bea")
            let open = try await browser.ask("GET", "/persons")
            #expect(open.status == 200)
            let left = try await served.owner.withConnection { connection -> Int in
                try connection.query(
                    "select count(*) as left from sign_ins where locked_at is not null and ended_at is null"
                )[0]["left"]
            }
            #expect(left == 0)
        }
    }

    @Test("whoever sits at an open browser sets no PIN without the password")
    func ownPIN() async throws {
        try await withService { served in
            try await served.add("bea", .volunteerSeller)
            let browser = try await served.browser(as: "bea")
            for (current, status) in [("", 401), ("wrong", 401), (Served.password, 303)] {
                let reply = try await browser.ask(
                    "POST",
                    "/account/pin",
                    form: [
                        "pin": "4096", "pin_current": current,
                        "key": served.store.newID(Claim.self).text,
                    ]
                )
                #expect(reply.status == status)
            }
        }
    }

    @Test("only who sells or manages there puts a browser at a till; a manager takes it away")
    func browsers() async throws {
        try await withService { served in
            try await served.add("stock", .stockManager)
            let stock = try await served.browser(as: "stock")
            let refused = try await stock.ask(
                "POST",
                "/api/v1/sign-ins/till",
                json: ["till": "LI1"]
            )
            #expect(refused.refusal == "unknown_thing")
            let seat = try await seller(served)
            let admin = try await served.browser(as: "admin")
            let settings = try await admin.ask("GET", "/settings")
            let path = try #require(
                settings.text.firstMatch(of: #/action="(/till-browsers/[^"]+)"/#)
            ).1
            let withdrawn = try await admin.ask(
                "POST",
                String(path),
                form: ["key": served.store.newID(Claim.self).text]
            )
            #expect(withdrawn.status == 303)
            let colleagues = try await seat.ask("GET", "/api/v1/sign-ins/colleagues")
            #expect(colleagues.text == #"{"items":[]}"#)
            // A sign-in is remembered for a moment: asked until it is forgotten.
            let patience = ContinuousClock.now.advanced(by: .seconds(60))
            var ended = try await seat.ask("GET", "/api/v1/sign-ins/current")
            while ended.refusal != "sign_in_needed", ContinuousClock.now < patience {
                ended = try await seat.ask("GET", "/api/v1/sign-ins/current")
            }
            #expect(ended.refusal == "sign_in_needed")
        }
    }

    @Test("U+0000 is refused in words in forms, addresses and JSON, and no number is too large")
    func extremes() async throws {
        try await withService { served in
            let browser = try await served.browser(as: "admin")
            let json = ["Accept": "application/json"]
            let replies = [
                try await browser.ask("GET", "/devices?q=a%00b", headers: json),
                try await browser.ask(
                    "POST",
                    "/persons/search",
                    form: ["q": "a\0b"],
                    headers: json
                ),
                try await browser.ask(
                    "POST",
                    "/api/v1/persons/search",
                    body: #"{"q": "a\u0000b"}"#
                ),
            ]
            for reply in replies {
                #expect(reply.status == 400 && reply.refusal == "input_unreadable", "\(reply.text)")
            }
            let path = try await browser.ask("GET", "/persons/a%00b", headers: json)
            #expect([400, 404].contains(path.status))
            let count = try await browser.ask(
                "POST",
                "/vouchers",
                form: [
                    "count": "9223372036854775807", "more": "yes",
                    "key": served.store.newID(Claim.self).text,
                ]
            )
            #expect(count.status == 200)
        }
    }

    @Test("an answer that goes out before its question was read is the connection's last")
    func drips() async throws {
        try await withService { served in
            let port = try #require(served.base.port)
            let socket = try RawSocket(port: port)
            defer { socket.shut() }
            try socket.send(
                "POST /users HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50000\r\n\r\nx"
            )
            let start = ContinuousClock.now
            let answer = socket.readToEnd(seconds: 30)
            #expect(answer.lowercased().contains("connection: close"))
            #expect(answer.contains("401"))
            // A body that never comes would end it after twenty seconds all the same.
            #expect(ContinuousClock.now - start < .seconds(18))
            let bad = try RawSocket(port: port)
            defer { bad.shut() }
            try bad.send("NONSENSE\r\n\r\n")
            let refused = bad.readToEnd(seconds: 10).lowercased()
            #expect(refused.hasPrefix("http/1.1 400"))
            #expect(refused.contains("content-security-policy"))
        }
    }
}

/// Béatrice at LI1, with the PIN 4096.
private func seller(_ served: Served) async throws -> Browser {
    try await served.add("bea", .volunteerSeller)
    _ = try await served.store.setPIN(
        of: Login(typed: "bea"),
        to: PIN(typed: "4096"),
        key: served.store.newID(),
        by: served.store.staff(login: "admin", till: nil)
    )
    let browser = try await served.browser(as: "bea")
    _ = try await browser.ask("POST", "/api/v1/sign-ins/till", json: ["till": "LI1"])
    return browser
}

private func id(_ served: Served) async throws -> String {
    try await served.store.staff(login: "bea", till: nil).id.text
}

/// What no browser sends.
private final class RawSocket {
    private let number: Int32

    init(port: Int) throws {
        number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let done = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(number, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard done == 0 else { throw URLError(.cannotConnectToHost) }
    }

    func send(_ text: String) throws {
        let bytes = Array(text.utf8)
        guard write(number, bytes, bytes.count) == bytes.count else {
            throw URLError(.networkConnectionLost)
        }
    }

    /// All that comes until the other end closes.
    func readToEnd(seconds: Int) -> String {
        var patience = timeval(tv_sec: seconds, tv_usec: 0)
        setsockopt(
            number,
            SOL_SOCKET,
            SO_RCVTIMEO,
            &patience,
            socklen_t(MemoryLayout<timeval>.size)
        )
        var all: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(number, &part, part.count)
            guard count > 0 else { return String(decoding: all, as: UTF8.self) }
            all += part.prefix(count)
        }
    }

    func shut() { close(number) }
}
