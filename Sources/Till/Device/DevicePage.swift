import Shop
import Store

/// One machine: what it is, what is still to be done with it, what was done.
struct DevicePage: Page {
    static let template = "device"

    let label: String
    let name: String
    let kind: String
    let path: String
    let labelPath: String
    let passportPath: String
    let status: Status
    let refusal: RefusalCard?
    let facts: [Fact]
    let fromPublicBody: Bool
    /// The lot with which it came, for whoever may open it.
    let batch: String?
    let disks: [DiskLine]
    let hasDisks: Bool
    /// What the last inspection found, where the list is only read; when it was.
    let checks: [Check]
    let hasChecks: Bool
    let inspectedOn: String?
    /// Its last grading since it is here.
    let graded: Graded?
    /// Disks that are failing; nil where none is, and for what is nobody's to prepare.
    let failing: Failing?
    /// What is to be done next, in a word; nil when nothing is.
    let next: String?
    let hasMore: Bool
    let history: [Event]
    /// Whether more happened before that.
    let hasEarlier: Bool
    /// Each present when the reader may do it and the machine is ready for it.
    let inspecting: Inspecting?
    let erasing: Erasing?
    let grading: GradingForm?
    let kit: KitForm?
    let puttingBack: PartBackForm?
    let shelving: Shelving?
    let repricing: Repricing?
    let withdrawing: Withdrawing?
    let reserving: Reserving?
    let releasing: Releasing?
    let removing: Leaving?
    let reversing: Reversing?
    /// Where after-sales takes it, or goes on with it; nil for what nobody has.
    let service: Service?
    /// Where it lies, and the field in which the shelf is scanned on which it is put; for who works the stock, of what is in it.
    let placing: Placing?
    /// Nil where there is none to see and none to take.
    let pictures: PictureSection?

    /// - Parameters:
    ///   - proposal: what it would be graded and offered at, for a machine that is to be prepared.
    ///   - key: makes the request key of a form.
    ///   - refusal: why what was sent was refused.
    init(
        _ words: Words,
        _ card: DeviceCard,
        mayWork: Bool,
        mayOpenTickets: Bool = false,
        mayServe: Bool = false,
        today: Day,
        pictures: PictureSection? = nil,
        proposal: GradingProposal? = nil,
        form: Form = Form(encoded: ""),
        refusal: Refusal? = nil,
        key: @escaping () -> String
    ) {
        let source = DeviceSource(
            words: words,
            card: card,
            mayWork: mayWork,
            mayOpenTickets: mayOpenTickets,
            mayServe: mayServe,
            today: today,
            proposal: proposal,
            form: form,
            refusal: refusal,
            key: key
        )
        let (row, path) = (source.row, source.path)
        label = row.label
        name = row.shownName(words)
        kind = row.kind.name(in: words.language)
        self.path = path
        labelPath = path + "/label"
        passportPath = path + "/passport"
        status = Status(row, words)
        self.refusal = refusal.map { RefusalCard($0, in: words.language) }
        self.pictures = pictures
        placing = Placing(source)
        facts = card.facts(words, tellsPlace: placing == nil)
        fromPublicBody = card.fromPublicBody
        batch = mayWork ? card.batch : nil
        disks = card.disks.map { DiskLine($0, source) }
        hasDisks = !card.disks.isEmpty
        checks =
            source.mayPrepare ? [] : card.lastInspection?.results.map { Check($0, words) } ?? []
        hasChecks = !checks.isEmpty
        inspectedOn = card.inspectedOn(words)
        hasEarlier = card.hasEarlier
        history = card.history.map { Event($0, source) }
        inspecting = Inspecting(source)
        failing = Failing(source)
        erasing = Erasing(source)
        graded = card.grading.map { Graded($0, words) }
        kit = KitForm(source)
        puttingBack = PartBackForm(source)
        shelving = Shelving(source)
        grading = GradingForm(source)
        repricing = Repricing(source)
        withdrawing = Withdrawing(source)
        releasing = Releasing(source)
        reserving = Reserving(source)
        removing = Leaving(source)
        reversing = Reversing(source)
        hasMore = source.isHere || reversing != nil || puttingBack != nil
        service = Service(source)
        next = Self.next(
            source,
            inspects: inspecting?.isNext == true,
            erases: erasing != nil,
            grades: grading?.isNext == true,
            completes: kit?.isNext == true,
            shelves: shelving != nil
        )
    }

    /// What is to be done next, in a word; nil when nothing is.
    private static func next(
        _ source: DeviceSource,
        inspects: Bool,
        erases: Bool,
        grades: Bool,
        completes: Bool,
        shelves: Bool
    ) -> String? {
        guard source.mayPrepare, source.row.sound else { return nil }
        let steps = [
            (inspects, "device_inspect"), (erases, "device_erase"), (grades, "grading_do"),
            (completes, "kit_do"), (shelves, "device_shelve"),
        ]
        return steps.first { $0.0 }.map { source.words($0.1) }
    }
}

/// What a machine's page is made from.
struct DeviceSource {
    let words: Words
    let card: DeviceCard
    /// Whether the reader works the stock.
    let mayWork: Bool
    let mayOpenTickets: Bool
    let mayServe: Bool
    let today: Day
    /// What it would be graded and offered at, for a machine that is to be prepared.
    let proposal: GradingProposal?
    /// What was sent, where it was refused.
    let form: Form
    let refusal: Refusal?
    /// Makes the request key of a form.
    let key: () -> String

    var row: DeviceRow { card.device }
    var path: String { "/devices/\(row.label)" }
    var mayPrepare: Bool { mayWork && row.stage == .inWork }
    /// Whether it is the shop's, and where it stands is known: neither on its way nor somebody's.
    var isInStock: Bool { [.inWork, .onShelf].contains(row.stage) }
    var isShelved: Bool { mayWork && row.stage == .onShelf }
    var isHere: Bool { mayWork && row.stage != .left }
    /// Inspected, sound and erased: what is left is its grade, what goes with it, and the shelf.
    var isReady: Bool { mayPrepare && row.inspected && row.sound && row.erased }
    var isGraded: Bool { proposal.map { !$0.rules.isEmpty } ?? false }
    var given: Grade? { isGraded && row.graded ? card.grading?.given.grade : nil }
    var hasGrade: Bool { !isGraded || given != nil }
    var isWhole: Bool { card.kit.allSatisfy { !$0.isAsked || $0.isThere } }
    /// Whether an unusual price is to be confirmed.
    var isPriceAsked: Bool { refusal?.reason == .devicePriceUnusual }

    var price: Field {
        let proposed = given.flatMap { proposal?.price(of: $0) }
        return Field(
            "price",
            label: words("device_price"),
            value: form["price"] ?? (isReady ? proposed.map { typed($0, words) } : nil) ?? "",
            hint: words("device_price_hint")
        )
    }
}
