import Foundation
import Shop
import Store
import Testing

@testable import Till

@Suite("Signing in through a browser")
struct SignInBrowserTests {
    @Test("the form signs in, leads on, and gives the browser a new token")
    func form() async throws {
        try await withService { served in
            let browser = served.browser()
            let asked = try await browser.ask("GET", "/account")
            #expect(asked.status == 303)
            #expect(asked.headers["location"] == "/sign-in?next=/account")
            let page = try await browser.ask("GET", "/sign-in?next=/account")
            let before = page.headers["set-cookie"]
            let wrong = try await browser.ask(
                "POST",
                "/sign-in",
                form: ["login": "admin", "password": "non", "next": "/account"]
            )
            #expect(wrong.status == 401)
            #expect(wrong.text.contains("E-SIGN-IN-WRONG"))
            let right = try await browser.ask(
                "POST",
                "/sign-in",
                form: ["login": "Admin ", "password": Served.password, "next": "/account"]
            )
            #expect(right.status == 303)
            #expect(right.headers["location"] == "/account")
            #expect(right.headers["set-cookie"] != nil)
            #expect(right.headers["set-cookie"] != before)
            let account = try await browser.ask("GET", "/account")
            #expect(account.status == 200)
        }
    }

    @Test(
        "signing in never leads to another site",
        arguments: [
            "//elsewhere.example", "https://elsewhere.example", "/\\elsewhere", "javascript:x", "",
        ]
    )
    func staysHere(next: String) {
        #expect(safePath(next) == "/")
    }

    @Test("a disabled user is out of every browser within five seconds")
    func disabled() async throws {
        try await withService { served in
            try await served.add("bea", .volunteerSeller)
            let browser = try await served.browser(as: "bea")
            let first = try await browser.ask("GET", "/api/v1/sign-ins/current")
            #expect(first.status == 200)
            let admin = try await served.store.staff(login: "admin", till: nil)
            let start = ContinuousClock.now
            _ = try await served.store.disableUser(
                Login(typed: "bea"),
                key: served.store.newID(),
                by: admin
            )
            var status = 200
            while status == 200, ContinuousClock.now - start < .seconds(10) {
                status = try await browser.ask("GET", "/api/v1/sign-ins/current").status
            }
            #expect(status == 401)
            #expect(ContinuousClock.now - start < .seconds(5))
        }
    }

    @Test("whom an administrator shuts out on the page is out at once, and back when let in again")
    func disabledOnThePage() async throws {
        try await withService { served in
            try await served.add("bea", .volunteerSeller)
            let admin = try await served.browser(as: "admin")
            let browser = try await served.browser(as: "bea")
            func standing() async throws -> Int {
                try await browser.ask("GET", "/api/v1/sign-ins/current").status
            }
            _ = try await admin.ask("GET", "/users/bea")
            #expect(try await standing() == 200)
            func send(_ act: String) async throws {
                let key = served.store.newID(Claim.self).text
                let answer = try await admin.ask("POST", "/users/bea/\(act)", form: ["key": key])
                #expect(answer.status == 303)
            }
            try await send("disable")
            #expect(try await standing() == 401)
            try await send("enable")
            #expect(try await standing() == 401)
            let page = try await admin.ask("GET", "/users/bea")
            #expect(page.text.contains("Désactivations du compte"))
            let again = try await served.browser(as: "bea")
            #expect(try await again.ask("GET", "/api/v1/sign-ins/current").status == 200)
        }
    }

    @Test("signing out everywhere ends the other browser too")
    func everywhere() async throws {
        try await withService { served in
            let one = try await served.browser(as: "admin")
            let other = try await served.browser(as: "admin")
            _ = try await one.ask("GET", "/account")
            let out = try await one.ask("POST", "/sign-out", form: ["everywhere": "yes"])
            #expect(out.status == 303)
            let reply = try await other.ask("GET", "/api/v1/sign-ins/current")
            #expect(reply.status == 401)
        }
    }

    @Test("at an enrolled till a colleague takes over by PIN or badge; elsewhere neither serves")
    func takesOver() async throws {
        try await withService { served in
            try await served.add("bea", .volunteerSeller)
            let store = served.store
            let bea = try Login(typed: "bea")
            let admin = try await store.staff(login: "admin", till: nil)
            _ = try await store.setPIN(
                of: bea,
                to: PIN(typed: "4096"),
                key: store.newID(),
                by: admin
            )
            let badge = try await store.makeBadge(of: bea, key: store.newID(), by: admin)
            let browser = try await served.browser(as: "admin")
            let before = try await browser.ask(
                "POST",
                "/api/v1/sign-ins/switch",
                json: ["badge": badge.text]
            )
            #expect(before.refusal == "till_not_enrolled")

            let enrolled = try await browser.ask(
                "POST",
                "/api/v1/sign-ins/till",
                json: ["till": "LI1"]
            )
            #expect(try enrolled.json()["till"] as? String == "LI1")
            let colleagues = try await browser.ask("GET", "/api/v1/sign-ins/colleagues")
            #expect(colleagues.text.contains("Nom de bea"))

            let taken = try await browser.ask(
                "POST",
                "/api/v1/sign-ins/switch",
                json: ["badge": badge.text]
            )
            #expect(taken.status == 201)
            #expect(try taken.json()["operator_code"] as? String == "BEA")
            #expect(try taken.json()["till"] as? String == "LI1")
        }
    }

    @Test("a body that is too large, too deep, cut or no JSON is refused in words")
    func badBodies() async throws {
        try await withService { served in
            let browser = try await served.browser(as: "admin")
            let large = try await browser.ask(
                "POST",
                "/api/v1/sign-ins/till",
                json: ["till": String(repeating: "x", count: 100_000)]
            )
            #expect(large.status == 413)
            #expect(large.refusal == "input_too_large")
            let missing = try await browser.ask("POST", "/api/v1/sign-ins/till", json: [:])
            #expect(missing.refusal == "field_missing")
            let wrong = try await browser.ask("POST", "/api/v1/sign-ins/till", json: ["till": 7])
            #expect(wrong.refusal == "input_unreadable")
            for key in ["a", "b"] {
                var deep: [String: Any] = [key: 1]
                for _ in 0..<100 { deep = [key: deep] }
                let reply = try await browser.ask("POST", "/api/v1/sign-ins/till", json: deep)
                #expect(reply.refusal == "input_unreadable")
            }
        }
    }
}
