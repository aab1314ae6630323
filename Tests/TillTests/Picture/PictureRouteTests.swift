import Foundation
import Postgres
import Shop
import Store
import Testing

@testable import Till

@Suite("Pictures of a machine, over HTTP")
struct PictureRouteTests {
    private func laptop(_ served: Served) async throws -> String {
        let admin = try await served.store.staff(login: "admin", till: "LI1")
        return try await served.store.takeInDevice(
            NewDevice(
                kind: .laptop,
                maker: ShortText(typed: "HP", field: .maker),
                model: ShortText(typed: "ProBook", field: .model),
                serial: "",
                label: nil,
                disks: [],
                fromPublicBody: false
            ),
            into: admin.place().shop,
            key: served.store.newID(),
            by: admin
        )
    }

    private func send(
        _ file: [UInt8],
        to label: String,
        as browser: Browser,
        key: ID<Claim>,
        _ query: String = "?caption=fault"
    ) async throws -> Browser.Reply {
        try await browser.ask(
            "POST",
            "/api/v1/devices/\(label)/pictures\(query)",
            file: file,
            headers: ["Idempotency-Key": key.text]
        )
    }

    @Test(
        "a picture is put once, read as a private JPEG, and nothing of the telephone is in the database"
    )
    func taken() async throws {
        try await withService { served in
            let label = try await laptop(served)
            try await served.add("lea", .stockManager)
            let lea = try await served.browser(as: "lea")
            let photo = try Photo.jpeg()
            let added = try await send(photo, to: label, as: lea, key: served.store.newID())
            #expect(added.status == 201, "\(added.text)")
            let again = try await send(photo, to: label, as: lea, key: served.store.newID())
            #expect(again.status == 200)
            let told = try #require(try added.json()["picture"] as? [String: Any])
            #expect(told["caption"] as? String == "fault" && told["width"] as? Int == 600)
            let id = try #require(told["id"] as? String)
            let path = "/api/v1/devices/\(label)/pictures/\(id)"

            let stored: [Data] = try await served.owner.withConnection { connection in
                try connection.query("select jpeg from device_picture_files order by size").map {
                    try $0["jpeg"]
                }
            }
            #expect(stored.count == 2)
            for jpeg in stored {
                #expect(jpeg.firstRange(of: Data("SECRET".utf8)) == nil)
                #expect(jpeg.firstRange(of: Data("Exif".utf8)) == nil)
            }
            for (size, jpeg) in zip(["full", "thumbnail"], stored) {
                let reply = try await lea.ask("GET", "\(path)?size=\(size)")
                #expect(reply.status == 200 && reply.bytes == jpeg)
                #expect(reply.headers["content-type"] == "image/jpeg")
                #expect(reply.headers["cache-control"] == "private, no-cache")
                #expect(reply.headers["x-content-type-options"] == "nosniff")
                let tag = try #require(reply.headers["etag"])
                let kept = try await lea.ask(
                    "GET",
                    "\(path)?size=\(size)",
                    headers: ["If-None-Match": tag]
                )
                #expect(kept.status == 304 && kept.bytes.isEmpty)
            }
            let page = try await lea.ask("GET", "/devices/\(label)")
            #expect(page.text.contains("\(path)?size=thumbnail") && page.text.contains("Défaut"))

            let removed = try await lea.ask(
                "POST",
                "\(path)/removal",
                headers: ["Idempotency-Key": served.store.newID(Claim.self).text]
            )
            #expect(removed.status == 204)
            #expect(try await lea.ask("GET", path).status == 404)
            let list = try await lea.ask("GET", "/api/v1/devices/\(label)/pictures")
            #expect((try list.json()["items"] as? [Any])?.isEmpty == true)
        }
    }

    @Test("a passport shows a picture once somebody put it there, to whoever holds the machine")
    func passport() async throws {
        try await withService { served in
            let label = try await laptop(served)
            let admin = try await served.browser(as: "admin")
            let added = try await send(
                try Photo.png(),
                to: label,
                as: admin,
                key: served.store.newID()
            )
            let told = try #require(try added.json()["picture"] as? [String: Any])
            let id = try #require(told["id"] as? String)
            let token = try #require(
                try await served.store.passport(DeviceLabel.typed(label)).token
            )
            let path = "/passport/\(token)/pictures/\(id)"
            let stranger = served.browser()
            #expect(try await stranger.ask("GET", path).status == 404)
            #expect(try await !stranger.ask("GET", "/passport/\(token)").text.contains("<img"))
            let shown = try await admin.ask(
                "POST",
                "/devices/\(label)/pictures/\(id)/passport",
                form: ["key": served.store.newID(Claim.self).text, "shown": "yes"]
            )
            #expect(shown.headers["location"] == "/devices/\(label)?done=picture_shown")
            let page = try await stranger.ask("GET", "/passport/\(token)")
            #expect(page.text.contains("\(path)?size=thumbnail") && !page.text.contains("ADM"))
            let seen = try await stranger.ask("GET", path)
            #expect(seen.status == 200 && seen.headers["content-type"] == "image/jpeg")
            #expect(seen.headers["set-cookie"] == nil)
            let hidden = try await admin.ask(
                "POST",
                "/devices/\(label)/pictures/\(id)/passport",
                form: ["key": served.store.newID(Claim.self).text, "shown": "no"]
            )
            #expect(hidden.headers["location"] == "/devices/\(label)?done=picture_hidden")
            #expect(try await stranger.ask("GET", path).status == 404)
        }
    }

    @Test(
        "what is no picture is refused in words, and leaves nothing; whoever only reads takes none"
    )
    func refused() async throws {
        try await withService { served in
            let label = try await laptop(served)
            try await served.add("sam", .volunteerSeller)
            let admin = try await served.browser(as: "admin")
            let sam = try await served.browser(as: "sam")
            func refusal(_ file: [UInt8], _ query: String = "") async throws -> String? {
                try await send(file, to: label, as: admin, key: served.store.newID(), query).refusal
            }
            #expect(try await refusal(Array("hello".utf8)) == "picture_unreadable")
            #expect(try await refusal([]) == "picture_unreadable")
            #expect(try await refusal(Photo.bomb) == "picture_too_many_pixels")
            #expect(try await refusal(try Photo.png(), "?caption=cat") == "choice_unknown")
            let heavy = try await send(
                [UInt8](repeating: 1, count: PictureFile.bytesMost + 1),
                to: label,
                as: admin,
                key: served.store.newID()
            )
            #expect(heavy.status == 413 && heavy.refusal == "input_too_large")
            let keyless = try await admin.ask(
                "POST",
                "/api/v1/devices/\(label)/pictures",
                file: try Photo.png()
            )
            #expect(keyless.refusal == "field_missing")
            let reader = try await send(
                try Photo.png(),
                to: label,
                as: sam,
                key: served.store.newID()
            )
            #expect(reader.status == 403 && reader.refusal == "role_missing")
            let page = try await sam.ask("GET", "/devices/\(label)")
            #expect(page.status == 200 && !page.text.contains("data-pictures"))
            let kept: Int = try await served.owner.withConnection {
                try $0.query("select count(*) as count from device_pictures")[0]["count"]
            }
            #expect(kept == 0)
        }
    }
}
