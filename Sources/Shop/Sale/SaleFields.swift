extension FieldName {
    public static let reason = FieldName("reason", "Motif", "Reason")
    public static let means = FieldName("means", "Moyen de paiement", "Means of payment")
}
