public import Postgres
public import Shop

// How the shop's values go into SQL and come out of it.

extension ID: Bindable, Readable {
    public var bound: Bound { text.bound }
    public init?(postgres text: String) { self.init(text) }
}

extension Cents: Bindable, Readable {
    public var bound: Bound { count.bound }
    public init?(postgres text: String) {
        guard let count = Int64(text), count >= 0 else { return nil }
        self.init(unchecked: count)
    }
}

extension Day: Bindable, Readable {
    public var bound: Bound { iso.bound }
    public init?(postgres text: String) { self.init(iso: text) }
}

extension Instant: Bindable, Readable {
    public var bound: Bound { iso.bound }
    /// Sessions run in UTC with ISO dates.
    public init?(postgres text: String) { self.init(utc: text) }
}

extension Language: Bindable, Readable {}
extension Period: Bindable, Readable {}
extension AccountRole: Bindable, Readable {}
extension CashMoveKind: Bindable, Readable {}
extension CashMotive: Bindable, Readable {}
extension WishedEquipment: Bindable, Readable {}
extension VoucherAct: Readable {}
extension VisitKind: Bindable, Readable {}
extension Autonomy: Bindable, Readable {}
extension TakeBackMotive: Bindable, Readable {}
extension AppointmentKind: Bindable, Readable {}
extension AppointmentState: Bindable, Readable {}
extension CancellationMotive: Bindable, Readable {}
extension HelpDeskCode.List: Bindable, Readable {}
extension Role: Bindable, Readable {}
extension Category: Bindable, Readable {}
extension Origin: Bindable, Readable {}
extension RefundReason: Bindable, Readable {}
extension TicketKind: Bindable, Readable {}
extension Means: Bindable, Readable {}
extension QuotaRule.Holder: Bindable, Readable {}
extension ProductFacts.Kind: Bindable, Readable {}
extension TaxRule.Regime: Bindable, Readable {}
extension EntryKind: Bindable, Readable {}
extension DonorKind: Bindable, Readable {}
extension IdentityDocument: Bindable, Readable {}
extension Acquisition: Bindable, Readable {}
extension AcquisitionPayment: Bindable, Readable {}
extension RegisterEntryKind: Bindable, Readable {}
extension Removal.Kind: Bindable, Readable {}
extension OrderEnd: Bindable, Readable {}
extension KitFinding: Bindable, Readable {}
extension AfterSalesStage: Bindable, Readable {}
extension DiagnosisOutcome: Bindable, Readable {}
extension CodeBatchStage: Bindable, Readable {}
extension DelimitedText.Encoding: Bindable, Readable {}
extension DelimitedText.Delimiter: Bindable, Readable {}
extension RechargeDelivery: Bindable, Readable {}
