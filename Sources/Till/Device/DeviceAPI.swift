import HTTPTypes
import NIOCore
import Shop
import Store

private let workers = Access.roles(.stockWorkers)

/// What a list of machines is asked for.
let deviceListQuery: [Route.Parameter] = [
    .init("q", .text(most: 200), "Words in the label, maker, model or serial."),
    .init("stage", .choice(DeviceFilter.names), "Where they stand, or what they wait for."),
    .init(
        "older_than",
        .integer(least: 0, most: 36_500),
        "Only those that have waited for more days than this."
    ),
]

/// Machines for programs, and for the drop zone of the stock page.
func deviceAPIRoutes(_ store: Store) -> [Route] {
    deviceReadingAPI(store) + deviceGradingAPI(store) + deviceShelfAPI(store)
        + deviceLeavingAPI(store) + hardwareFileAPI(store)
}

/// The stock, its board, a device.
private func deviceReadingAPI(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/api/v1/devices",
            for: .everyRole,
            "Devices, the last taken in first; by what they wait for or for how long, the longest first.",
            query: deviceListQuery + [
                .init("after", .text(most: 80), "The last page's next."),
                .init("limit", .integer(least: 1, most: 200), "How many."),
            ],
            gives: DeviceList.self
        ) { call, context in
            let stage = try call.query["stage"].map { text throws(Refusal) in
                try DeviceFilter(typed: text)
            }
            let page = try await store.devices(
                matching: call.query["q"] ?? "",
                at: stage,
                olderThan: try call.olderThan(),
                in: context.reach(.everyone),
                after: call.query["after"],
                limit: call.query["limit"].flatMap { Int($0) } ?? 50
            )
            return try .json(DeviceList(items: page.items, next: page.next))
        },
        Route(
            .get,
            "/api/v1/device-board",
            for: .everyRole,
            "What waits, where, and since when: a section for each step on a device's way.",
            query: [.init("few", .integer(least: 1, most: 20), "How many of each section.")],
            gives: DeviceBoard.self
        ) { call, context in
            try .json(
                try await store.deviceBoard(
                    in: context.reach(.everyone),
                    few: call.query["few"].flatMap { Int($0) } ?? 5
                )
            )
        },
        Route(
            .get,
            "/api/v1/devices/{label}",
            for: .everyRole,
            "A device with its disks, inspection and history.",
            gives: DeviceCard.self
        ) { call, context in
            let label = try DeviceLabel.typed(call.piece("label"))
            return try .json(
                try await store.device(label, in: context.reach(.everyone))
            )
        },
    ]
}

/// What a device is graded.
private func deviceGradingAPI(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/api/v1/devices/{label}/grading",
            for: .everyRole,
            "What the rules in force would make of a device today, and what it would be offered at.",
            gives: GradingProposal.self
        ) { call, context in
            try .json(
                try await store.gradingProposal(
                    DeviceLabel.typed(call.piece("label")),
                    in: context.reach(.everyone)
                )
            )
        },
        Route(
            .post,
            "/api/v1/devices/{label}/gradings",
            for: workers,
            "Grades a device.",
            takes: AskedGrading.self,
            gives: Grading.self
        ) { call, context in
            let asked: AskedGrading = try call.json()
            let grading = try await store.gradeDevice(
                DeviceLabel.typed(call.piece("label")),
                asked.grading(),
                key: call.key(),
                by: context.staff
            )
            return try .json(grading, .created)
        },
    ]
}

/// What is done on the shelf.
private func deviceShelfAPI(_ store: Store) -> [Route] {
    [
        Route(
            .post,
            "/api/v1/devices/{label}/stays",
            for: workers,
            "Puts a device on the shelf.",
            takes: AskedStay.self,
            gives: Shelving.self
        ) { call, context in
            let asked: AskedStay = try call.json()
            let shelving = try await store.shelveDevice(
                DeviceLabel.typed(call.piece("label")),
                grade: asked.grade,
                because: asked.motive.map { text throws(Refusal) in
                    try ShortText(typed: text, field: .motive, most: 500)
                },
                price: asked.priceCents,
                of: asked.channel ?? .standard,
                isUnusualMeant: asked.meant ?? false,
                key: call.key(),
                by: context.staff
            )
            return try .json(shelving, .created)
        },
        Route(
            .post,
            "/api/v1/devices/{label}/price",
            for: workers,
            "Asks another price for a device on the shelf.",
            takes: AskedPrice.self,
            gives: Shelving.self
        ) { call, context in
            let asked: AskedPrice = try call.json()
            let shelving = try await store.repriceDevice(
                DeviceLabel.typed(call.piece("label")),
                price: Cents(asked.priceCents),
                isUnusualMeant: asked.isMeant ?? false,
                key: call.key(),
                by: context.staff
            )
            return try .json(shelving, .created)
        },
        Route(
            .post,
            "/api/v1/devices/{label}/withdrawal",
            for: workers,
            "Takes a device off the shelf.",
            takes: AskedWithdrawal.self,
            gives: OffShelf.self
        ) { call, context in
            let asked: AskedWithdrawal = try call.json()
            let off = try await store.takeOffShelf(
                DeviceLabel.typed(call.piece("label")),
                motive: ShortText(typed: asked.motive, field: .motive, most: 500),
                key: call.key(),
                by: context.staff
            )
            return try .json(off, .created)
        },
    ]
}

/// How a device leaves for good, and comes back.
private func deviceLeavingAPI(_ store: Store) -> [Route] {
    [
        Route(
            .post,
            "/api/v1/devices/{label}/removals",
            for: workers,
            "Takes a device out of the stock for good: recycled, or lost.",
            takes: AskedRemoval.self,
            gives: RemovedDevice.self
        ) { call, context in
            let asked: AskedRemoval = try call.json()
            let removed = try await store.removeDevice(
                DeviceLabel.typed(call.piece("label")),
                asked.removal(today: store.today),
                key: call.key(),
                by: context.staff
            )
            return try .json(removed, .created)
        },
        Route(
            .post,
            "/api/v1/devices/{label}/removals/reversal",
            for: workers,
            "Takes back that a device was recycled or lost.",
            takes: AskedWithdrawal.self,
            gives: RemovedDevice.self
        ) { call, context in
            let asked: AskedWithdrawal = try call.json()
            let back = try await store.reverseRemoval(
                of: DeviceLabel.typed(call.piece("label")),
                motive: ShortText(typed: asked.motive, field: .motive, most: 500),
                key: call.key(),
                by: context.staff
            )
            return try .json(back, .created)
        },
    ]
}

/// Files of the tools that read devices.
private func hardwareFileAPI(_ store: Store) -> [Route] {
    [
        Route(
            .post,
            "/api/v1/hardware-files",
            for: workers,
            "Takes in what a hardware file describes, or records what a wipe log proves; the body is the file as it is.",
            query: [
                .init("name", .text(most: 200), isRequired: true, "The file's name."),
                .init("preview", .choice(["yes"]), "Say what would be done, and write nothing."),
                .init("public", .choice(["yes"]), "A public body gave the machine."),
                .init(
                    "shop",
                    .text(pattern: "^[A-Z]{2}$"),
                    "Who takes it in; by default the till’s."
                ),
                .init(
                    "batch",
                    .text(pattern: "^[A-Z]{2}LO[0-9]{2}-[0-9]{4,5}$"),
                    "The lot with which it came."
                ),
                .init("virtual", .choice(["yes"]), "Take a virtual machine in all the same."),
            ],
            takesFile: true,
            gives: ToldImport.self,
            bodyMost: 5 << 20
        ) { call, context in
            let upload = HardwareUpload(
                path: call.query["name"] ?? "",
                bytes: Array(call.body.readableBytesView)
            )
            let results =
                call.query["preview"] == "yes"
                ? try await store.previewHardware([upload], by: context.staff)
                : try await store.importHardware(
                    [upload],
                    into: try await store.shop(
                        coded: call.query["shop"],
                        where: .stockWorkers,
                        of: context.staff
                    ),
                    fromPublicBody: call.query["public"] == "yes",
                    batch: call.query["batch"].map { try BatchCode.typed($0) },
                    takesVirtual: call.query["virtual"] == "yes",
                    by: context.staff
                )
            return try .json(ToldImport(results[0], in: context.language))
        }
    ]
}

struct AskedGrading: Codable, Sendable {
    /// A code; the newest in force when absent.
    let rules: String?
    /// Absent: that of the table.
    let mark: Int?
    /// Absent: what was read.
    let memoryGb: Int?
    let weight: Int?
    /// Absent: what the rules give.
    let grade: Verdict?
    let motive: String?

    func grading() throws(Refusal) -> NewGrading {
        try NewGrading(
            rules: rules.map { text throws(Refusal) in
                try ShortCode(typed: text, field: .rules)
            },
            mark: mark,
            memoryGB: memoryGb,
            weight: weight,
            given: grade,
            motive: motive.map { text throws(Refusal) in
                try ShortText(typed: text, field: .motive, most: 500)
            }
        )
    }
}

struct AskedStay: Codable, Sendable {
    /// Absent: what it was graded.
    let grade: Grade?
    /// Why it is another than it was graded.
    let motive: String?
    /// Absent: that of the table.
    let priceCents: Cents?
    /// Absent: standard.
    let channel: PriceChannel?
    /// Whether an unusual price is meant; false when absent.
    let meant: Bool?
}

struct AskedPrice: Codable, Sendable {
    let priceCents: Int64
    /// Whether an unusual price is meant; false when absent.
    let isMeant: Bool?

    enum CodingKeys: String, CodingKey {
        case priceCents
        case isMeant = "meant"
    }
}

struct AskedRemoval: Codable, Sendable {
    let kind: Removal.Kind
    let removedOn: Day?
    let collector: String?
    let slip: String?
    let grams: Int64?
    let motive: String

    func removal(today: Day) throws(Refusal) -> Removal {
        try Removal(
            kind,
            on: removedOn ?? today,
            collector: collector,
            slip: slip,
            weight: .optional(count: grams),
            motive: motive
        )
    }
}

struct AskedWithdrawal: Codable, Sendable {
    let motive: String
}

/// A part of the list, and the key of the next.
struct DeviceList: Codable, Sendable {
    let items: [DeviceRow]
    let next: String?
}
