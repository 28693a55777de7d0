from django.urls import path

from reports.plans.amending import views as amending
from reports.plans.basis_proposals.views import document_basis_proposals
from reports.plans.checking.views import document_findings
from reports.plans.drafting.views import plan_new
from reports.plans.frame import views as frame
from reports.plans.library import views as library
from reports.plans.proposing.views import document_proposals
from reports.plans.returned.views import document_word
from reports.plans.reviewing import views as reviewing
from reports.plans.versions import views as versions
from reports.plans.views import documents, signing
from reports.plans.word import views as word
from reports.plans.word.data import views as word_data
from reports.plans.writing.views.blocks import document_text
from reports.plans.writing.views.preview import document_preview

urlpatterns = [
    path("plans/", documents.plan_list, name="plan_list"),
    path("plans/new/", plan_new, name="plan_new"),
    path("plans/word/", word.plan_word, name="plan_word"),
    path("plans/word/<int:pk>/", word.plan_word_review, name="plan_word_review"),
    path("plans/word/<int:pk>/<int:order>/target/", word_data.word_target, name="word_target"),
    path("plans/word/<int:pk>/<int:order>/project/", word_data.word_project, name="word_project"),
    path("plans/word/<int:pk>/discard/", word.plan_word_discard, name="plan_word_discard"),
    path("plans/<int:pk>/", documents.plan_detail, name="plan_detail"),
    path("plans/<int:pk>/pdf/", documents.plan_pdf, name="plan_pdf"),
    path("plans/<int:pk>/docx/", documents.plan_docx, name="plan_docx"),
    path("reports/", documents.report_list, name="report_list"),
    path("reports/<int:pk>/", documents.report_detail, name="report_detail"),
    path("reports/<int:pk>/pdf/", documents.report_pdf, name="report_pdf"),
    path("reports/<int:pk>/docx/", documents.report_docx, name="report_docx"),
    path("reports/<int:pk>/xlsx/", documents.report_xlsx, name="report_xlsx"),
    path("documents/<int:pk>/text/", document_text, name="document_text"),
    path("documents/<int:pk>/preview/", document_preview, name="document_preview"),
    path("documents/<int:pk>/heading/", frame.document_heading, name="document_heading"),
    path("documents/<int:pk>/bases/", frame.document_bases, name="document_bases"),
    path("legal-documents/", library.legal_list, name="legal_list"),
    path("legal-documents/new/", library.legal_new, name="legal_new"),
    path("legal-documents/<int:pk>/", library.legal_edit, name="legal_edit"),
    path("documents/<int:pk>/library/", library.document_library, name="document_library"),
    path("documents/<int:pk>/duties/", frame.document_duties, name="document_duties"),
    path("documents/<int:pk>/recipients/", frame.document_recipients, name="document_recipients"),
    path("documents/<int:pk>/submit/", signing.document_submit, name="document_submit"),
    path("documents/<int:pk>/issue/", signing.document_issue, name="document_issue"),
    path("documents/<int:pk>/return/", signing.document_return, name="document_return"),
    path("documents/<int:pk>/findings/", document_findings, name="document_findings"),
    path("documents/<int:pk>/ask/", reviewing.document_ask, name="document_ask"),
    path("documents/<int:pk>/comments/", reviewing.document_comments, name="document_comments"),
    path("documents/<int:pk>/proposals/", document_proposals, name="document_proposals"),
    path(
        "documents/<int:pk>/bases/proposals/",
        document_basis_proposals,
        name="document_basis_proposals",
    ),
    path("documents/<int:pk>/word/", document_word, name="document_word"),
    path("documents/<int:pk>/versions/", versions.document_versions, name="document_versions"),
    path("documents/<int:pk>/compare/", versions.document_compare, name="document_compare"),
    path("documents/<int:pk>/amend/", amending.document_amend, name="document_amend"),
    path("documents/<int:pk>/abolish/", amending.document_abolish, name="document_abolish"),
]
