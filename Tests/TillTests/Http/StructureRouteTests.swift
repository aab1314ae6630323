import Shop
import Store
import Testing

@testable import Till

@Suite("Structures over HTTP")
struct StructureRouteTests {
    @Test("a file is looked at, then taken in; each bad line is named, and the key answers once")
    func imports() async throws {
        try await withService { served in
            let admin = try await served.browser(as: "admin")
            let table =
                "nom;type;courriel\nSolfa;association;\nHorizons;banque;\nFCP;federation_de_parents;x\n"
            func send(_ query: String, key: String? = nil) async throws -> Browser.Reply {
                try await admin.ask(
                    "POST",
                    "/api/v1/structure-files?name=structures.csv\(query)",
                    body: table,
                    headers: key.map { ["Idempotency-Key": $0] } ?? [:]
                )
            }
            let preview = try await send("&preview=yes")
            #expect(preview.status == 200)
            let told = try preview.json()
            #expect(told["new"] as? Int == 1 && told["refused"] as? Int == 2)
            let rows = try #require(told["rows"] as? [[String: Any]])
            #expect(rows.map { $0["line"] as? Int } == [2, 3, 4])
            #expect(
                rows[1]["field"] as? String == "type" && rows[1]["value"] as? String == "banque"
            )
            let refusal = try #require(rows[2]["refusal"] as? [String: Any])
            #expect(refusal["code"] as? String == "email_unreadable")
            #expect(try await served.store.structures().items.isEmpty)
            let key = served.store.newID(Claim.self).text
            let first = try await send("", key: key)
            #expect(try await send("", key: key).text == first.text)
            #expect(try await served.store.structures().items.map(\.name) == ["Solfa"])
            let other = try await admin.ask(
                "POST",
                "/api/v1/structure-files?name=x.csv&preview=yes",
                body: "rien"
            )
            #expect(other.status == 400 && other.refusal == "structure_file_unreadable")
        }
    }

    @Test("contacts and agreements are kept through the page's forms and through JSON alike")
    func keeps() async throws {
        try await withService { served in
            let admin = try await served.browser(as: "admin")
            try await served.addPrescriber("ines", of: "Itinéraires")
            let structure = try await served.store.structures().items[0].id
            _ = try await admin.ask("GET", "/structures/\(structure)")
            func post(_ what: String, _ fields: [String: String]) async throws -> Int {
                let key = ["key": served.store.newID(Claim.self).text]
                return try await admin.ask(
                    "POST",
                    "/structures/\(structure)/\(what)",
                    form: fields.merging(key) { $1 }
                ).status
            }
            #expect(
                try await post("contacts", ["contact": "Odile Fort", "contact_post": "Directrice"])
                    == 303
            )
            #expect(try await post("contacts", ["contact": ""]) == 400)
            #expect(try await post("agreements", ["starts_on": "2050-01-01"]) == 409)
            #expect(try await post("agreement", ["ends_on": "2049-12-31"]) == 303)
            #expect(try await post("agreements", ["starts_on": "2050-01-01", "until": ""]) == 303)
            #expect(try await post("key", ["end": "replaced"]) == 303)
            #expect(try await post("key", ["end": "melted"]) == 400)
            let facts = ["fact_kind": "ccas", "fact_address": "1 rue des Arts", "fact_phone": ""]
            #expect(try await post("facts", facts) == 303)
            #expect(try await post("facts", ["fact_kind": "banque"]) == 400)
            let corrected = try await admin.ask(
                "POST",
                "/api/v1/structures/\(structure)/facts",
                json: ["quarter": "Fives"],
                headers: ["Idempotency-Key": served.store.newID(Claim.self).text]
            )
            #expect(corrected.status == 200)
            let card = try await served.store.structure(structure)
            #expect(card.kind == .townSocialService && card.quarter == "Fives")
            #expect(card.address == "1 rue des Arts")
            let ines = try await served.browser(as: "ines")
            let own = try await ines.ask("GET", "/api/v1/portal/structure").json()
            #expect(own["name"] as? String == "Itinéraires")
            #expect(card.agreements.count == 2 && card.contacts.map(\.name) == ["Odile Fort"])
            #expect(try await served.store.structureKeys(of: structure).count == 2)
            let ended = try await admin.ask(
                "POST",
                "/api/v1/structures/\(structure)/contacts/\(card.contacts[0].id)/end",
                headers: ["Idempotency-Key": served.store.newID(Claim.self).text]
            )
            #expect(ended.status == 200)
            #expect(try await served.store.structure(structure).contacts.isEmpty)
        }
    }
}
