import HTTPTypes
import Shop
import Store

private let workers = Access.roles(.stockWorkers)

/// What is done to a machine by hand, for programs: written down, erased, a disk pulled out, kept for a person.
func deviceWorkAPIRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .post,
            "/api/v1/devices",
            for: workers,
            "Takes in a device that no tool could read.",
            takes: AskedDevice.self,
            gives: DeviceCard.self
        ) { call, context in
            let asked: AskedDevice = try call.json()
            let label = try await store.takeInDevice(
                asked.device(),
                into: store.shop(coded: asked.shop, where: .stockWorkers, of: context.staff),
                of: try asked.batch.map { text throws(Refusal) in try BatchCode.typed(text) },
                key: call.key(),
                by: context.staff
            )
            return try .json(
                try await store.device(
                    DeviceLabel.typed(label),
                    in: context.reach(.stockWorkers)
                ),
                .created
            )
        },
        deviceWork(
            store,
            "erasures",
            "Records that a disk of a device was erased.",
            takes: AskedErasure.self
        ) { label, asked, call, staff in
            _ = try await store.eraseDisk(
                of: label,
                asked.erasure(),
                key: call.key(),
                by: staff
            )
        },
        deviceWork(
            store,
            "disks/removal",
            "Takes a disk off a device’s record: it was pulled out, or there is none.",
            takes: AskedDiskRemoval.self
        ) { label, asked, call, staff in
            _ = try await store.removeDisk(asked.disk, of: label, key: call.key(), by: staff)
        },
        deviceWork(
            store,
            "reservations",
            "Keeps a device for a person until a day, that day included.",
            takes: AskedReservation.self
        ) { label, asked, call, staff in
            guard let code = PersonCode(asked.person) else { throw Refusal(.personUnknown) }
            _ = try await store.reserveDevice(
                label,
                for: store.person(coded: code),
                until: asked.until,
                key: call.key(),
                by: staff
            )
        },
        Route(
            .post,
            "/api/v1/devices/{label}/reservations/end",
            for: workers,
            "Lets a device go before its day.",
            gives: DeviceCard.self
        ) { call, context in
            let label = try DeviceLabel.typed(call.piece("label"))
            _ = try await store.endReservation(of: label, key: call.key(), by: context.staff)
            return try .json(
                try await store.device(label, in: context.reach(.stockWorkers)),
                .created
            )
        },
    ]
}

/// What is done to one machine; the answer is how it stands then.
private func deviceWork<Asked: Codable & Sendable>(
    _ store: Store,
    _ what: String,
    _ summary: String,
    takes: Asked.Type,
    _ act: @escaping @Sendable (DeviceLabel, Asked, Call, Staff) async throws -> Void
) -> Route {
    Route(
        .post,
        "/api/v1/devices/{label}/\(what)",
        for: workers,
        summary,
        takes: takes,
        gives: DeviceCard.self
    ) { call, context in
        let label = try DeviceLabel.typed(call.piece("label"))
        try await act(label, try call.json(), call, context.staff)
        return try .json(try await store.device(label, in: context.reach(.stockWorkers)), .created)
    }
}

struct AskedDevice: Codable, Sendable {
    /// The code of the shop that takes it in; absent: where one works.
    let shop: String?
    /// The lot with which it came.
    let batch: String?
    let kind: DeviceKind
    let maker: String
    let model: String
    let serial: String?
    /// What it wears already; absent: the next number.
    let label: String?
    /// Each as `ssd:128` or `hdd:500:SERIAL`.
    let disks: [String]?
    /// Whether a public body gave it; false when absent. A lot says it by its donor.
    let isPublic: Bool?

    enum CodingKeys: String, CodingKey {
        case shop, batch, kind, maker, model, serial, label, disks
        case isPublic = "public"
    }

    func device() throws(Refusal) -> NewDevice {
        try NewDevice(
            kind: kind,
            maker: ShortText(typed: maker, field: .maker),
            model: ShortText(typed: model, field: .model),
            serial: ShortText.optional(typed: serial, field: .serial),
            label: label,
            disks: (disks ?? []).map { text throws(Refusal) in
                try NewDevice.NewDisk(typed: text)
            },
            fromPublicBody: isPublic ?? false
        )
    }
}

struct AskedErasure: Codable, Sendable {
    /// The disk's serial; absent where the device holds one disk.
    let disk: String?
    let method: ErasureMethod
    let level: ErasureLevel
    let tool: String
    let toolVersion: String?
    /// Whether the disk was read afterwards and found empty.
    let verified: Bool
    /// Absent: just now.
    let erasedAt: Instant?

    func erasure() throws(Refusal) -> NewErasure {
        try NewErasure(
            disk: disk,
            method: method,
            level: level,
            tool: ShortText(typed: tool, field: .tool, most: 100),
            toolVersion: ShortText.optional(typed: toolVersion, field: .tool, most: 40),
            verified: verified,
            erasedAt: erasedAt,
            certificate: nil
        )
    }
}

struct AskedDiskRemoval: Codable, Sendable {
    /// The disk's serial; absent where the device holds one disk.
    let disk: String?
}

struct AskedReservation: Codable, Sendable {
    /// The person's code: P-XXXXXX.
    let person: String
    let until: Day
}
