/// The fields of a line of a FEC (fichier des écritures comptables), in the order of art. A47 A-1 LPF. Raw values are their
/// places, from 0.
public enum FecColumn: Int, CaseIterable, Hashable, Sendable {
    case journalCode
    case journalLabel
    case entryNumber
    case entryDay
    case account
    case accountLabel
    case auxiliary
    case auxiliaryLabel
    case pieceReference
    case pieceDay
    case entryLabel
    case debit
    case credit
    case lettering
    case letteringDay
    case validationDay
    case currencyAmount
    case currency

    /// As the first line of a file has it, in the spelling of the tax office's tester (Test-Compta-Demat).
    public var name: String {
        switch self {
        case .journalCode: "JournalCode"
        case .journalLabel: "JournalLib"
        case .entryNumber: "EcritureNum"
        case .entryDay: "EcritureDate"
        case .account: "CompteNum"
        case .accountLabel: "CompteLib"
        case .auxiliary: "CompAuxNum"
        case .auxiliaryLabel: "CompAuxLib"
        case .pieceReference: "PieceRef"
        case .pieceDay: "PieceDate"
        case .entryLabel: "EcritureLib"
        case .debit: "Debit"
        case .credit: "Credit"
        case .lettering: "EcritureLet"
        case .letteringDay: "DateLet"
        case .validationDay: "ValidDate"
        case .currencyAmount: "Montantdevise"
        case .currency: "Idevise"
        }
    }

    /// Six may stay empty where they are not used. The tester lets a piece be empty too; the article does not.
    var isMandatory: Bool {
        switch self {
        case .auxiliary, .auxiliaryLabel, .lettering, .letteringDay, .currencyAmount, .currency:
            false
        case .journalCode, .journalLabel, .entryNumber, .entryDay, .account, .accountLabel,
            .pieceReference, .pieceDay, .entryLabel, .debit, .credit, .validationDay:
            true
        }
    }
}
