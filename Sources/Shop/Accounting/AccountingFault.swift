/// Why something cannot stand in the accounts. Whoever builds entries from sales keeps these from happening: one that
/// reaches a person was typed by them, in the chart of accounts or in the journals' names.
public enum AccountingFault: Error, Hashable, Sendable {
    case accountUnreadable(String)
    case numberUnreadable(String)
    /// Nothing of the text can be written: it is empty, or holds spaces and invisible signs only.
    case fieldEmpty(FecColumn)
    case amountZero
    case linesTooFew(Int)
    case unbalanced(debit: Cents, credit: Cents)
    case validatedBeforeItsDay
    /// Nothing says to which account this is booked on that day.
    case accountMissing(String, Day)
}
