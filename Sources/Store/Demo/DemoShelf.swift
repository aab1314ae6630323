import Shop

/// A machine of the demonstration, as it came in.
struct DemoMachine: Sendable {
    let step: String
    let kind: DeviceKind
    let maker: String
    let model: String
    let serial: String
    let cents: Int64
    let grade: Grade
    /// The mark of its processor and its memory, of which the rules make its grade; nil where none grade it.
    let graded: (mark: Int, memoryGB: Int)?

    init(
        _ step: String,
        _ kind: DeviceKind,
        _ maker: String,
        _ model: String,
        _ serial: String,
        _ cents: Int64,
        _ grade: Grade,
        _ graded: (mark: Int, memoryGB: Int)? = nil
    ) {
        self.step = step
        self.kind = kind
        self.maker = maker
        self.model = model
        self.serial = serial
        self.cents = cents
        self.grade = grade
        self.graded = graded
    }

    /// Prices are those of the shops' ranges (domain.md, 3).
    static let shelf = [
        DemoMachine(
            "laptop 1",
            .laptop,
            "Lenovo",
            "ThinkPad T470",
            "PF-0K7Q2M",
            11_000,
            .a,
            (3_700, 8)
        ),
        DemoMachine(
            "laptop 2",
            .laptop,
            "Dell",
            "Latitude 5480",
            "7HT2LN2",
            10_000,
            .b,
            (3_300, 8)
        ),
        DemoMachine(
            "laptop 3",
            .laptop,
            "HP",
            "EliteBook 840 G5",
            "5CG-84712K",
            13_000,
            .premium,
            (6_000, 16)
        ),
        DemoMachine(
            "laptop 4",
            .laptop,
            "HP",
            "ProBook 450 G4",
            "5CD-71936R",
            7000,
            .c,
            (2_400, 4)
        ),
        DemoMachine(
            "desktop 1",
            .desktop,
            "Dell",
            "OptiPlex 3050",
            "4QX9BL2",
            8000,
            .b,
            (3_800, 4)
        ),
        DemoMachine(
            "desktop 2",
            .allInOne,
            "Apple",
            "iMac 21,5 pouces 2017",
            "C02-W41PJ1",
            12_000,
            .a,
            (5_000, 8)
        ),
        DemoMachine("tablet 1", .tablet, "Samsung", "Galaxy Tab A7", "R9-JT31LPV", 6000, .b),
        DemoMachine("phone 1", .smartphone, "Samsung", "Galaxy A13", "R58-T41QKWM", 5000, .b),
    ]

    /// What a parent went home with.
    static let given = DemoMachine(
        "laptop given",
        .laptop,
        "Lenovo",
        "ThinkPad L470",
        "PF-15R8XW",
        9000,
        .b,
        (3_800, 4)
    )

    /// What came in this week and whose disk is not erased yet.
    static let untouched = DemoMachine(
        "laptop 5",
        .laptop,
        "Fujitsu",
        "Lifebook E547",
        "DS-EE017442",
        9000,
        .b
    )

    var hasDisk: Bool {
        switch kind {
        case .laptop, .desktop, .allInOne: true
        case .tablet, .smartphone, .screen, .other: false
        }
    }
}

extension DemoHistory {
    /// Takes a machine in and returns its label.
    func takeIn(
        _ machine: DemoMachine,
        in shop: ID<Shop>,
        of batch: BatchCode? = nil,
        _ store: Store
    ) async throws -> String {
        let staff = try await store.staff(login: "stock", till: nil)
        return try await store.takeInDevice(
            NewDevice(
                kind: machine.kind,
                maker: ShortText(typed: machine.maker, field: .name),
                model: ShortText(typed: machine.model, field: .name),
                serial: machine.serial,
                label: nil,
                disks: machine.hasDisk
                    ? [NewDevice.NewDisk(kind: .ssd, sizeGB: 256, serial: "SSD-\(machine.serial)")]
                    : [],
                fromPublicBody: false
            ),
            into: shop,
            of: batch,
            key: keys["take in \(machine.step)"],
            by: staff
        )
    }

    /// From the door to the shelf: inspected, erased, graded, whole, priced. Returns the label.
    /// - Parameter isBare: whether it came without its charger, which is taken from the stock.
    func shelve(
        _ machine: DemoMachine,
        in shop: ID<Shop>,
        isBare: Bool = false,
        _ store: Store
    ) async throws -> String {
        let staff = try await store.staff(login: "stock", till: nil)
        let text = try await takeIn(machine, in: shop, store)
        let label = try DeviceLabel.typed(text)
        let items = try await store.inspectionList(for: label).items
        _ = try await store.inspectDevice(
            label,
            results: Dictionary(uniqueKeysWithValues: items.map { ($0.item, .passed) }),
            key: keys["inspect \(machine.step)"],
            by: staff
        )
        if machine.hasDisk {
            _ = try await store.eraseDisk(
                of: label,
                NewErasure(
                    disk: nil,
                    method: .secureErase,
                    level: .purge,
                    tool: ShortText(typed: "hdparm", field: .name),
                    toolVersion: "9.65",
                    verified: true,
                    erasedAt: nil,
                    certificate: nil
                ),
                key: keys["erase \(machine.step)"],
                by: staff
            )
        }
        // The past that is played is older than the rules.
        let rules = try await store.gradingProposal(label).rules
        if let graded = machine.graded, !rules.isEmpty {
            _ = try await store.gradeDevice(
                label,
                NewGrading(mark: graded.mark, memoryGB: graded.memoryGB),
                key: keys["grade \(machine.step)"],
                by: staff
            )
        }
        let parts = try await store.device(label).kit.filter(\.isAsked)
        if !parts.isEmpty {
            let found: KitFinding = isBare ? .stock : .present
            _ = try await store.checkKit(
                of: label,
                Dictionary(
                    uniqueKeysWithValues: parts.map { (try ShortCode(typed: $0.product), found) }
                ),
                key: keys["kit \(machine.step)"],
                by: staff
            )
        }
        _ = try await store.shelveDevice(
            label,
            grade: machine.grade,
            price: Cents(machine.cents),
            isUnusualMeant: true,
            in: shop,
            key: keys["shelve \(machine.step)"],
            by: staff
        )
        return text
    }
}
