import Foundation
import Shop
import Store
import Testing

@testable import Till

@Suite("The public passport")
struct PassportRouteTests {
    private func laptop(_ served: Served) async throws -> DevicePassport {
        let admin = try await served.store.staff(login: "admin", till: "LI1")
        let label = try await served.store.takeInDevice(
            NewDevice(
                kind: .laptop,
                maker: ShortText(typed: "HP", field: .maker),
                model: ShortText(typed: "<b>ProBook</b>", field: .model),
                serial: "5CD8123ABC",
                label: nil,
                disks: [.init(typed: "ssd:256:50026B7782F1A2C4")],
                fromPublicBody: false
            ),
            into: admin.place().shop,
            key: served.store.newID(),
            by: admin
        )
        return try await served.store.passport(DeviceLabel.typed(label))
    }

    @Test("it opens without sign-in, leaves no cookie, is in no index, and masks serial numbers")
    func opens() async throws {
        try await withService { served in
            let passport = try await laptop(served)
            let path = "/passport/\(try #require(passport.token))"
            for address in [path, "\(path)/\(passport.label)", path.lowercased()] {
                let stranger = served.browser()
                let reply = try await stranger.ask("GET", address)
                #expect(reply.status == 200, "\(address)")
                #expect(reply.headers["set-cookie"] == nil && stranger.cookieNames == [])
                #expect(reply.headers["x-robots-tag"]?.hasPrefix("noindex") == true)
                #expect(reply.headers["cache-control"] == "no-store")
                #expect(reply.text.contains(#"name="robots" content="noindex"#))
                #expect(reply.text.contains("••••3ABC") && !reply.text.contains("5CD8123ABC"))
                #expect(!reply.text.contains("50026B7782F1A2C4"))
                #expect(!reply.text.contains("<b>") && !reply.text.contains("€"))
                #expect(!reply.text.contains("<form") && !reply.text.contains("csrf"))
                #expect(!reply.text.contains("Ada") && !reply.text.contains("ADM"))
                #expect(reply.text.contains("27\u{A0}kg"))
            }
        }
    }

    @Test("it speaks the browser's language, or the one that is chosen")
    func speaks() async throws {
        try await withService { served in
            let passport = try await laptop(served)
            let path = "/passport/\(try #require(passport.token))"
            let english = ["Accept-Language": "en-GB,en;q=0.9"]
            let stranger = served.browser()
            let told = try await stranger.ask("GET", path, headers: english)
            #expect(told.text.contains(#"<html lang="en">"#))
            #expect(told.headers["content-language"] == "en")
            let french = try await stranger.ask("GET", path + "?lang=fr", headers: english)
            #expect(french.text.contains(#"<html lang="fr">"#))
            // Who is signed in elsewhere in the browser changes nothing.
            let admin = try await served.browser(as: "admin")
            let seen = try await admin.ask("GET", path, headers: english)
            #expect(seen.text == told.text)
        }
    }

    @Test("a wrong address, or another machine's label behind it, is not there; many are too many")
    func refuses() async throws {
        try await withService { served in
            let passport = try await laptop(served)
            let token = try #require(passport.token)
            let stranger = served.browser()
            let accept = ["Accept": "application/json"]
            for path in [
                "/passport/" + PassportToken(random: Array(0..<30)).text, "/passport/x",
                "/passport/\(token)/LIPC26-9999", "/passport/\(token)2",
            ] {
                let reply = try await stranger.ask("GET", path, headers: accept)
                #expect(reply.status == 404 && reply.refusal == "unknown_thing", "\(path)")
            }
            // Eight at once, so that a busy machine too asks as often within a minute.
            let last = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        let asker = served.browser()
                        var status = 0
                        for _ in 0..<30 where status != 429 {
                            status = try await asker.ask("GET", "/passport/x", headers: accept)
                                .status
                        }
                        return status
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(last.contains(429))
        }
    }

    @Test("the staff reads all of it, and an address where the service has a public one")
    func staff() async throws {
        let origin = PublicAddress(publicURL: "http://127.0.0.1:9/", trustedProxy: nil)
        try await withService(origin: origin) { served in
            let passport = try await laptop(served)
            let admin = try await served.browser(as: "admin")
            let page = try await admin.ask("GET", "/devices/\(passport.label)/passport")
            #expect(page.status == 200 && page.text.contains("5CD8123ABC"))
            let address =
                "http://127.0.0.1:9/passport/\(try #require(passport.token))/\(passport.label)"
            #expect(page.text.contains(address))
            let label = try await admin.ask(
                "GET",
                "/devices/\(passport.label)/label.zpl?size=small"
            )
            #expect(label.text.contains("^PW400") && label.text.contains(address))
            #expect(label.headers["content-disposition"]?.contains(".zpl") == true)
        }
    }

    @Test("whoever asks too often waits for the next minute, each for themselves")
    func meters() throws {
        let meter = Meter(most: 2)
        let now = ContinuousClock.now
        try meter.count("a", at: now)
        try meter.count("a", at: now)
        #expect(throws: Refusal(.askedTooOften, ["most": .number(2)])) {
            try meter.count("a", at: now + .seconds(59))
        }
        try meter.count("b", at: now)
        try meter.count("a", at: now + .seconds(61))
    }
}
