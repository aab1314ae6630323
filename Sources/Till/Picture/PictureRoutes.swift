import Foundation
import HTTPTypes
import NIOCore
import Shop
import Store

/// How many pictures of passports one address may look at within a minute: six on each page.
private let looksMost = 600

/// Pictures of machines: on their pages, on their passports where somebody says so, and for programs.
func pictureRoutes(_ store: Store) -> [Route] {
    pictureFormRoutes(store) + pictureAPIRoutes(store) + [passportPictureRoute(store)]
}

private func pictureFormRoutes(_ store: Store) -> [Route] {
    [
        deviceForm(
            store,
            "pictures/{id}/removal",
            .pictureOff,
            "Takes a picture off a machine’s page, for good."
        ) { label, _, call, staff in
            _ = try await store.removePicture(call.id("id"), of: label, key: call.key(), by: staff)
        },
        deviceForm(
            store,
            "pictures/{id}/passport",
            .pictureShown,
            "Says whether a picture stands on the passport."
        ) { label, form, call, staff in
            _ = try await store.showPicture(
                call.id("id"),
                of: label,
                onPassport: form["shown"] == "yes",
                key: call.key(),
                by: staff
            )
        },
    ]
}

private func pictureAPIRoutes(_ store: Store) -> [Route] {
    let workers = Access.roles(.stockWorkers)
    // Each holds a file of up to 15 MiB, twice while it is drawn.
    let turns = Turns(4, waiting: 32)
    return [
        Route(
            .get,
            "/api/v1/devices/{label}/pictures",
            for: .everyRole,
            "A device’s pictures, the first taken first.",
            gives: Listing<DevicePicture>.self
        ) { call, context in
            let label = try DeviceLabel.typed(call.piece("label"))
            return try .json(
                Listing(try await store.pictures(of: label, in: context.reach(.everyone)))
            )
        },
        Route(
            .post,
            "/api/v1/devices/{label}/pictures",
            for: workers,
            "Puts a picture on a device’s page; the body is the file as it is. What is kept is drawn anew, without place or date.",
            query: [
                .init("caption", .choice(PictureCaption.allCases.map(\.rawValue)), "What it shows.")
            ],
            takesFile: true,
            gives: AddedPicture.self,
            bodyMost: PictureFile.bytesMost,
            turns: turns
        ) { call, context in
            let added = try await store.addPicture(
                file: Array(call.body.readableBytesView),
                of: DeviceLabel.typed(call.piece("label")),
                caption: .optional(typed: call.query["caption"]),
                key: call.key(),
                by: context.staff
            )
            return try .json(added, added.isNew ? .created : .ok)
        },
        Route(
            .get,
            "/api/v1/devices/{label}/pictures/{id}",
            for: .everyRole,
            "A picture of a device: a JPEG.",
            query: [.pictureSize]
        ) { call, context in
            let (id, size) = (try call.id("id", of: Picture.self), try call.pictureSize())
            let label = try DeviceLabel.typed(call.piece("label"))
            let reach = try context.reach(.everyone)
            return .picture(try await store.picture(id, of: label, size, in: reach), id, size, call)
        },
        Route(
            .post,
            "/api/v1/devices/{label}/pictures/{id}/passport",
            for: workers,
            "Says whether a picture stands on the device’s passport.",
            takes: AskedShowing.self,
            gives: DevicePicture.self
        ) { call, context in
            let asked: AskedShowing = try call.json()
            let picture = try await store.showPicture(
                call.id("id"),
                of: DeviceLabel.typed(call.piece("label")),
                onPassport: asked.isShown,
                key: call.key(),
                by: context.staff
            )
            return try .json(picture, .created)
        },
        Route(
            .post,
            "/api/v1/devices/{label}/pictures/{id}/removal",
            for: workers,
            "Takes a picture off a device’s page, and deletes what was to be seen."
        ) { call, context in
            _ = try await store.removePicture(
                call.id("id"),
                of: DeviceLabel.typed(call.piece("label")),
                key: call.key(),
                by: context.staff
            )
            return .empty
        },
    ]
}

private func passportPictureRoute(_ store: Store) -> Route {
    let meter = Meter(most: looksMost)
    return Route(
        .get,
        "/passport/{token}/pictures/{id}",
        for: .anyone,
        "A picture that a passport shows.",
        query: [.pictureSize],
        isBare: true
    ) { call, context in
        try meter.count(context.address)
        guard let token = PassportToken(call.piece("token")) else { throw Refusal(.unknownThing) }
        let (id, size) = (try call.id("id", of: Picture.self), try call.pictureSize())
        return .picture(
            try await store.picture(id, onPassport: token, size),
            id,
            size,
            call
        )
    }
}

struct AskedShowing: Codable, Sendable {
    let isShown: Bool

    enum CodingKeys: String, CodingKey {
        case isShown = "shown"
    }
}

extension Route.Parameter {
    fileprivate static let pictureSize = Route.Parameter(
        "size",
        .choice(PictureSize.allCases.map(\.rawValue)),
        "How large; full by default."
    )
}

extension Call {
    /// Throws `choiceUnknown`.
    fileprivate func pictureSize() throws(Refusal) -> PictureSize {
        guard let text = query["size"] else { return .full }
        return try PictureSize(typed: text, field: .pictureSize)
    }
}

extension Answer {
    /// A picture never changes, but is taken off: whoever keeps it asks each time whether it still stands.
    fileprivate static func picture(
        _ jpeg: Data,
        _ id: ID<Picture>,
        _ size: PictureSize,
        _ call: Call
    ) -> Answer {
        let tag = "\"\(id.text)-\(size.rawValue)\""
        var answer =
            call.headers[.ifNoneMatch] == tag
            ? Answer(.notModified) : Answer(type: "image/jpeg", body: ByteBuffer(bytes: jpeg))
        answer.headers[.eTag] = tag
        answer.headers[.cacheControl] = "private, no-cache"
        return answer
    }
}
